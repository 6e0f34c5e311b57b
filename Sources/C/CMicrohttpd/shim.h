// libmicrohttpd's variadic functions in a form that Swift can call.
#pragma once
#include <gnutls/abstract.h>
#include <microhttpd.h>
#include <stdlib.h>
#include <string.h>

struct vo_daemon_setup {
    int listener;
    unsigned threads, connections, idle_seconds;
    size_t pool_bytes;
    void *context;
    MHD_AcceptPolicyCallback admit;
    MHD_AccessHandlerCallback handle;
    MHD_NotifyConnectionCallback connected;
    MHD_RequestCompletedCallback completed;
    void *(*opened)(void *context, const char *target, struct MHD_Connection *connection);
    // With what the server proves itself to one connection; NULL: there is no TLS.
    gnutls_certificate_retrieve_function2 *identify;
};

// TLS 1.2 and 1.3, 128 bits and more, keys that are made anew for each connection.
static const char *const vo_tls = "SECURE128:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2:-RSA:%SERVER_PRECEDENCE";

// Not MHD_OPTION_STRICT_FOR_CLIENT: what it refuses (a missing Host, blanks in a target) we refuse ourselves; and with it the library
// looks for a Host in a head that it gave up for its size, finds none, and closes instead of saying 431.
static inline struct MHD_Daemon *vo_start(const struct vo_daemon_setup *setup) {
    struct MHD_OptionItem tls[] = {
        {MHD_OPTION_HTTPS_CERT_CALLBACK, 0, (void *)setup->identify}, {MHD_OPTION_HTTPS_PRIORITIES, 0, (void *)vo_tls},
        {MHD_OPTION_END, 0, NULL}};
    struct MHD_OptionItem none[] = {{MHD_OPTION_END, 0, NULL}};
    return MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | (setup->identify ? MHD_USE_TLS : 0), 0, setup->admit, setup->context, setup->handle, setup->context,
        MHD_OPTION_LISTEN_SOCKET, setup->listener, MHD_OPTION_THREAD_POOL_SIZE, setup->threads, MHD_OPTION_CONNECTION_LIMIT,
        setup->connections, MHD_OPTION_CONNECTION_TIMEOUT, setup->idle_seconds, MHD_OPTION_CONNECTION_MEMORY_LIMIT, setup->pool_bytes,
        MHD_OPTION_NOTIFY_CONNECTION, setup->connected, setup->context, MHD_OPTION_NOTIFY_COMPLETED,
        setup->completed, setup->context, MHD_OPTION_URI_LOG_CALLBACK, setup->opened, setup->context, MHD_OPTION_ARRAY,
        setup->identify ? tls : none, MHD_OPTION_END);
}

// A certificate with its chain, and the key that belongs to it.
struct vo_identity {
    gnutls_pcert_st chain[16];
    unsigned length;
    gnutls_privkey_t key;
};

static inline void vo_identity_free(struct vo_identity *identity) {
    for (unsigned i = 0; i < identity->length; i++) gnutls_pcert_deinit(&identity->chain[i]);
    if (identity->key) gnutls_privkey_deinit(identity->key);
    free(identity);
}

// From PEM. NULL: one of the two can't be read, or they don't belong together.
static inline struct vo_identity *vo_identity_new(const char *certificate, const char *key) {
    gnutls_datum_t chain = {(unsigned char *)certificate, (unsigned)strlen(certificate)};
    gnutls_datum_t secret = {(unsigned char *)key, (unsigned)strlen(key)};
    gnutls_certificate_credentials_t pair;
    if (gnutls_certificate_allocate_credentials(&pair) < 0) return NULL;
    int belong = gnutls_certificate_set_x509_key_mem(pair, &chain, &secret, GNUTLS_X509_FMT_PEM) >= 0;
    gnutls_certificate_free_credentials(pair);
    struct vo_identity *identity = belong ? (struct vo_identity *)calloc(1, sizeof *identity) : NULL;
    if (!identity) return NULL;
    unsigned length = sizeof identity->chain / sizeof *identity->chain;
    if (gnutls_pcert_list_import_x509_raw(identity->chain, &length, &chain, GNUTLS_X509_FMT_PEM,
                                          GNUTLS_X509_CRT_LIST_IMPORT_FAIL_IF_EXCEED | GNUTLS_X509_CRT_LIST_SORT) >= 0) {
        identity->length = length;
        if (gnutls_privkey_init(&identity->key) >= 0
            && gnutls_privkey_import_x509_raw(identity->key, &secret, GNUTLS_X509_FMT_PEM, NULL, 0) >= 0) return identity;
    }
    vo_identity_free(identity);
    return NULL;
}

static inline gnutls_pcert_st *vo_chain(struct vo_identity *identity) { return identity->chain; }

static inline int vo_socket(struct MHD_Connection *connection) {
    return MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
}
static inline const struct sockaddr *vo_address(struct MHD_Connection *connection) {
    return MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS)->client_addr;
}
static inline void *vo_context(struct MHD_Connection *connection) {
    return MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
}
static inline size_t vo_head_size(struct MHD_Connection *connection) {
    return MHD_get_connection_info(connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE)->header_size;
}
