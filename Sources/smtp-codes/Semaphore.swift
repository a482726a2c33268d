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

/// Runs the work on a thread of its own, to its end. Throws a ``Failure`` where there can be none.
func startThread(_ work: @escaping @Sendable () -> Void) throws {
    final class Box: Sendable {
        let work: @Sendable () -> Void
        init(_ work: @escaping @Sendable () -> Void) { self.work = work }
    }
    var thread = pthread_t()
    let box = Unmanaged.passRetained(Box(work))
    let error = pthread_create(
        &thread, nil,
        {
            Unmanaged<Box>.fromOpaque($0!).takeRetainedValue().work()
            return nil
        }, box.toOpaque())
    guard error == 0 else {
        box.release()
        throw Failure.system("cannot start a thread: \(String(cString: strerror(error)))")
    }
    pthread_detach(thread)
}
