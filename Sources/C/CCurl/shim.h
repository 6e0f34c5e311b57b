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
// What every conversation with somebody outside has: no proxy of the environment, no signals, TLS 1.2 or newer, and an end to waiting.
// Certificates, name and password may be NULL.
static inline void vo_begin(CURL *handle, const char *url, const char *protocols, long reach_seconds, long whole_seconds,
                            const char *authority, const char *name, const char *password) {
    curl_easy_reset(handle);
    curl_easy_setopt(handle, CURLOPT_URL, url);
    curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, protocols);
    curl_easy_setopt(handle, CURLOPT_PROXY, "");
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT, reach_seconds);
    curl_easy_setopt(handle, CURLOPT_TIMEOUT, whole_seconds);
    curl_easy_setopt(handle, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    if (authority) curl_easy_setopt(handle, CURLOPT_CAINFO, authority);
    if (name) curl_easy_setopt(handle, CURLOPT_USERNAME, name);
    if (password) curl_easy_setopt(handle, CURLOPT_PASSWORD, password);
}
