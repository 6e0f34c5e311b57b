// libmicrohttpd's variadic functions in a form that Swift can call.
#pragma once
#include <microhttpd.h>

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
    // PEM, both or neither.
    const char *certificate, *key;
};

// TLS 1.2 and 1.3, 128 bits and more, keys that are made anew for each connection.
static const char *const vo_tls = "SECURE128:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2:-RSA:%SERVER_PRECEDENCE";

// Not MHD_OPTION_STRICT_FOR_CLIENT: what it refuses (a missing Host, blanks in a target) we refuse ourselves; and with it the library
// looks for a Host in a head that it gave up for its size, finds none, and closes instead of saying 431.
static inline struct MHD_Daemon *vo_start(const struct vo_daemon_setup *setup) {
    struct MHD_OptionItem tls[] = {
        {MHD_OPTION_HTTPS_MEM_CERT, 0, (void *)setup->certificate}, {MHD_OPTION_HTTPS_MEM_KEY, 0, (void *)setup->key},
        {MHD_OPTION_HTTPS_PRIORITIES, 0, (void *)vo_tls}, {MHD_OPTION_END, 0, NULL}};
    struct MHD_OptionItem none[] = {{MHD_OPTION_END, 0, NULL}};
    return MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | (setup->certificate ? MHD_USE_TLS : 0), 0, setup->admit, setup->context, setup->handle, setup->context,
        MHD_OPTION_LISTEN_SOCKET, setup->listener, MHD_OPTION_THREAD_POOL_SIZE, setup->threads, MHD_OPTION_CONNECTION_LIMIT,
        setup->connections, MHD_OPTION_CONNECTION_TIMEOUT, setup->idle_seconds, MHD_OPTION_CONNECTION_MEMORY_LIMIT, setup->pool_bytes,
        MHD_OPTION_NOTIFY_CONNECTION, setup->connected, setup->context, MHD_OPTION_NOTIFY_COMPLETED,
        setup->completed, setup->context, MHD_OPTION_URI_LOG_CALLBACK, setup->opened, setup->context, MHD_OPTION_ARRAY,
        setup->certificate ? tls : none, MHD_OPTION_END);
}

static inline enum MHD_Result vo_nobody(
    void *context, struct MHD_Connection *connection, const char *target, const char *method, const char *version, const char *piece,
    size_t *length, void **slot) {
    return MHD_NO;
}

// Whether the library takes the two, and they belong together.
static inline int vo_takes(const char *certificate, const char *key) {
    struct MHD_Daemon *daemon = MHD_start_daemon(
        MHD_USE_TLS | MHD_USE_NO_LISTEN_SOCKET, 0, NULL, NULL, vo_nobody, NULL, MHD_OPTION_HTTPS_MEM_CERT, certificate,
        MHD_OPTION_HTTPS_MEM_KEY, key, MHD_OPTION_HTTPS_PRIORITIES, vo_tls, MHD_OPTION_END);
    if (daemon) MHD_stop_daemon(daemon);
    return daemon != NULL;
}

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
