// The part of GMime that writes a message of one text, behind one call. What is used of it is declared here: its own headers bring
// the whole of GLib along, whose pkg-config flags the package manager warns about at each build.
#pragma once
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <stdlib.h>

typedef struct _GMimeMessage GMimeMessage;
typedef struct _GMimeTextPart GMimeTextPart;
typedef struct _GMimeStream GMimeStream;
typedef struct _GMimeFormatOptions GMimeFormatOptions;
typedef struct _GDateTime GDateTime;
typedef struct { unsigned char *data; unsigned int len; } GByteArray;

void g_mime_init(void);
void g_object_unref(void *object);
GMimeMessage *g_mime_message_new(int pretty_headers);
void g_mime_message_add_mailbox(GMimeMessage *, int type, const char *name, const char *address);
void g_mime_message_set_subject(GMimeMessage *, const char *subject, const char *charset);
void g_mime_message_set_date(GMimeMessage *, GDateTime *);
void g_mime_message_set_message_id(GMimeMessage *, const char *);
void g_mime_message_set_mime_part(GMimeMessage *, void *part);
void g_mime_object_set_header(void *object, const char *header, const char *value, const char *charset);
void g_mime_object_encode(void *object, int constraint);
long g_mime_object_write_to_stream(void *object, GMimeFormatOptions *, GMimeStream *);
GMimeTextPart *g_mime_text_part_new(void);
void g_mime_text_part_set_charset(GMimeTextPart *, const char *);
void g_mime_text_part_set_text(GMimeTextPart *, const char *);
GMimeFormatOptions *g_mime_format_options_new(void);
void g_mime_format_options_free(GMimeFormatOptions *);
void g_mime_format_options_set_newline_format(GMimeFormatOptions *, int);
GMimeStream *g_mime_stream_mem_new(void);
GByteArray *g_mime_stream_mem_get_byte_array(GMimeStream *);
GDateTime *g_date_time_new_from_unix_utc(int64_t);
void g_date_time_unref(GDateTime *);

enum { vo_sender = 0, vo_from = 1, vo_reply_to = 2, vo_to = 3 }; // GMimeAddressType
enum { vo_constraint_7bit = 0 };                                 // GMimeEncodingConstraint
enum { vo_newline_crlf = 1 };                                    // GMimeNewLineFormat

struct vo_letter {
    const char *sender_name, *sender_address, *recipient, *subject, *text, *message_id;
    int64_t seconds;
};



// The whole message with CRLF; the caller frees it with free.
static inline char *vo_mime_text(const struct vo_letter *letter, size_t *length) {
    GMimeMessage *message = g_mime_message_new(1);
    GMimeTextPart *part = g_mime_text_part_new();
    g_mime_message_add_mailbox(message, vo_from, letter->sender_name, letter->sender_address);
    g_mime_message_add_mailbox(message, vo_to, NULL, letter->recipient);
    g_mime_message_set_subject(message, letter->subject, "utf-8");
    GDateTime *date = g_date_time_new_from_unix_utc(letter->seconds);
    g_mime_message_set_date(message, date);
    g_date_time_unref(date);
    g_mime_message_set_message_id(message, letter->message_id);
    g_mime_object_set_header(message, "Auto-Submitted", "auto-generated", NULL);
    g_mime_text_part_set_charset(part, "utf-8");
    g_mime_text_part_set_text(part, letter->text);
    g_mime_object_encode(part, vo_constraint_7bit);
    g_mime_message_set_mime_part(message, part);

    GMimeFormatOptions *format = g_mime_format_options_new();
    g_mime_format_options_set_newline_format(format, vo_newline_crlf);
    GMimeStream *stream = g_mime_stream_mem_new();
    g_mime_object_write_to_stream(message, format, stream);
    GByteArray *bytes = g_mime_stream_mem_get_byte_array(stream);
    char *copy = malloc(bytes->len);
    if (copy) memcpy(copy, bytes->data, bytes->len);
    *length = copy ? bytes->len : 0;
    g_object_unref(stream);
    g_mime_format_options_free(format);
    g_object_unref(part);
    g_object_unref(message);
    return copy;
}
