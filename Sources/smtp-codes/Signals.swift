import Glibc

/// What an operator tells the running service by signals.
///
/// Those that it waits for are blocked when this is made, in this thread and those it starts, so that nothing is lost
/// until somebody waits; those that mean nothing to it are ignored.
struct Signals {
    enum Request {
        /// SIGHUP: read the files again.
        case reload
        /// SIGTERM or SIGINT, by its name.
        case stop(String)
    }

    private var set = sigset_t()

    init() {
        for signal in [SIGPIPE, SIGUSR1, SIGUSR2] { Glibc.signal(signal, SIG_IGN) }
        sigemptyset(&set)
        for signal in [SIGHUP, SIGTERM, SIGINT] { sigaddset(&set, signal) }
        pthread_sigmask(SIG_BLOCK, &set, nil)
    }

    /// Waits for the next one. After one that stops, a second one ends the process at once.
    func wait() -> Request {
        var set = set
        var signal: Int32 = 0
        // sigwait fails only for a set that is none.
        sigwait(&set, &signal)
        if signal == SIGHUP { return .reload }
        // In a container this is process 1, for which the kernel does nothing by default.
        for next in [SIGTERM, SIGINT] { Glibc.signal(next) { _exit(128 + $0) } }
        Glibc.signal(SIGHUP, SIG_IGN)
        pthread_sigmask(SIG_UNBLOCK, &set, nil)
        return .stop(signal == SIGTERM ? "SIGTERM" : "SIGINT")
    }
}
