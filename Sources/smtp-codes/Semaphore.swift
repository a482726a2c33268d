import Glibc

/// Counts what there is to wait for (POSIX `sem_t`).
final class Semaphore: Sendable {
    // Made once, and all that is done with it is atomic.
    private nonisolated(unsafe) let semaphore = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)

    init() { sem_init(semaphore, 0, 0) }

    deinit {
        sem_destroy(semaphore)
        semaphore.deallocate()
    }

    func signal() { sem_post(semaphore) }

    func wait() {
        // Nothing but a signal handler ends it early.
        while sem_wait(semaphore) != 0 {}
    }
}
