import Glibc

/// The signals that end the service: SIGTERM and SIGINT.
///
/// They are blocked when this is made, in this thread and those it starts, so that nothing is lost until
/// somebody waits. After the first one, a second one ends the process at once.
struct StopSignals {
    private var set = sigset_t()

    init() {
        sigemptyset(&set)
        sigaddset(&set, SIGTERM)
        sigaddset(&set, SIGINT)
        pthread_sigmask(SIG_BLOCK, &set, nil)
    }

    /// Waits for one of them; its name.
    func wait() -> String {
        var set = set
        var signal: Int32 = 0
        // sigwait fails only for a set that is none.
        sigwait(&set, &signal)
        // In a container this is process 1, for which the kernel does nothing by default.
        for next in [SIGTERM, SIGINT] { Glibc.signal(next) { _exit(128 + $0) } }
        pthread_sigmask(SIG_UNBLOCK, &set, nil)
        return signal == SIGTERM ? "SIGTERM" : "SIGINT"
    }
}
