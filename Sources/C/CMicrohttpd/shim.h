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
};

// Not MHD_OPTION_STRICT_FOR_CLIENT: what it refuses (a missing Host, blanks in a target) we refuse ourselves; and with it the library
// looks for a Host in a head that it gave up for its size, finds none, and closes instead of saying 431.
static inline struct MHD_Daemon *vo_start(const struct vo_daemon_setup *setup) {
    return MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME, 0, setup->admit, setup->context, setup->handle, setup->context,
        MHD_OPTION_LISTEN_SOCKET, setup->listener, MHD_OPTION_THREAD_POOL_SIZE, setup->threads, MHD_OPTION_CONNECTION_LIMIT,
        setup->connections, MHD_OPTION_CONNECTION_TIMEOUT, setup->idle_seconds, MHD_OPTION_CONNECTION_MEMORY_LIMIT, setup->pool_bytes,
        MHD_OPTION_NOTIFY_CONNECTION, setup->connected, setup->context, MHD_OPTION_NOTIFY_COMPLETED,
        setup->completed, setup->context, MHD_OPTION_URI_LOG_CALLBACK, setup->opened, setup->context, MHD_OPTION_END);
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
