import Synchronization

/// A template bound to its view.
package struct Page<V: View>: Sendable {
    private let program: Program
    private let lastSize = LastSize()

    init(_ program: Program) {
        self.program = program
    }

    /// The page as UTF-8, in one buffer. Cannot fail: all that can be wrong with a template was found at start.
    package func render(_ view: V) -> [UInt8] {
        let bytes = StackFrame.with(view) { frame in
            var rendering = Rendering(page: frame, capacity: lastSize.bytes.load(ordering: .relaxed))
            program.run(&rendering)
            return rendering.bytes
        }
        lastSize.bytes.store(bytes.count, ordering: .relaxed)
        return bytes
    }
}

/// How large a page was when it was last rendered: likely it will be of that size again.
private final class LastSize: Sendable {
    let bytes = Atomic(4096)
}
