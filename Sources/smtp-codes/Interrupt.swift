import Glibc
import Synchronization

/// Ctrl-C, which ends the reading, not the report; a second one ends the process.
enum Interrupt {
    private static let flag = Atomic(false)

    static func watch() {
        // Made before a signal handler asks for it.
        _ = happened
        var action = sigaction()
        // Without SA_RESTART, so that a read that waits ends too.
        action.sa_flags = Int32(bitPattern: UInt32(SA_RESETHAND))
        action.__sigaction_handler.sa_handler = { _ in Interrupt.flag.store(true, ordering: .relaxed) }
        sigaction(SIGINT, &action, nil)
    }

    static var happened: Bool { flag.load(ordering: .relaxed) }
}
