// libcurl's variadic functions in a form that Swift can call.
#pragma once
#include <curl/curl.h>

static inline CURLcode vo_set_text(CURL *handle, CURLoption option, const char *value) { return curl_easy_setopt(handle, option, value); }
static inline CURLcode vo_set_number(CURL *handle, CURLoption option, long value) { return curl_easy_setopt(handle, option, value); }
static inline CURLcode vo_set_size(CURL *handle, CURLoption option, curl_off_t value) { return curl_easy_setopt(handle, option, value); }
static inline CURLcode vo_set_pointer(CURL *handle, CURLoption option, void *value) { return curl_easy_setopt(handle, option, value); }
static inline CURLcode vo_set_list(CURL *handle, CURLoption option, struct curl_slist *value) { return curl_easy_setopt(handle, option, value); }
static inline CURLcode vo_set_read(CURL *handle, size_t (*value)(char *, size_t, size_t, void *)) {
    return curl_easy_setopt(handle, CURLOPT_READFUNCTION, value);
}
static inline CURLcode vo_set_write(CURL *handle, size_t (*value)(char *, size_t, size_t, void *)) {
    return curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, value);
}
static inline long vo_response_code(CURL *handle) {
    long code = 0;
    curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &code);
    return code;
}
// How many bytes of a request are on their way.
static inline long vo_sent(CURL *handle) {
    long count = 0;
    curl_easy_getinfo(handle, CURLINFO_REQUEST_SIZE, &count);
    return count;
}
// Seconds; 0 where the server didn't say.
static inline long vo_retry_after(CURL *handle) {
    curl_off_t seconds = 0;
    curl_easy_getinfo(handle, CURLINFO_RETRY_AFTER, &seconds);
    return seconds > 86400 ? 86400 : (long)seconds;
}
