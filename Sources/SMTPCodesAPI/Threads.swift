import Glibc

/// Why there is no thread: the error number.
package struct NoThread: Error {
    package let number: Int32
}

/// Runs the work on a thread of its own, to its end.
package func startThread(_ work: @escaping @Sendable () -> Void) throws(NoThread) {
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
        throw NoThread(number: error)
    }
    pthread_detach(thread)
}
