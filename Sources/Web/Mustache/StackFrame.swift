/// Points to a view, or to a text of a list, while a section shows it. A view is a struct of many strings and a page reads some
/// hundred of them: pointing instead of copying, and one type for all frames, is half of the time that a page takes.
///
/// A frame must not outlive the call that made it, and must be read as what it holds. The first is why it is only ever passed on;
/// for the second the binder vouches, which gives a field to the level of the section that pushed the field's own view, and a
/// debug build checks each read.
struct StackFrame {
    private let pointer: UnsafeRawPointer
    #if DEBUG
        private let type: any Any.Type
    #endif

    static func with<Held, Result>(_ held: Held, _ body: (StackFrame) -> Result) -> Result {
        withUnsafePointer(to: held) { body(StackFrame($0)) }
    }

    /// Points to each element where it stands.
    static func forEach<Held>(in list: [Held], _ body: (StackFrame) -> Void) {
        list.withUnsafeBufferPointer { list in
            guard let first = list.baseAddress else { return }
            for index in list.indices { body(StackFrame(first + index)) }
        }
    }

    private init<Held>(_ pointer: UnsafePointer<Held>) {
        self.pointer = UnsafeRawPointer(pointer)
        #if DEBUG
            type = Held.self
        #endif
    }

    func read<Held, Result>(_ read: (Held) -> Result) -> Result {
        #if DEBUG
            precondition(type == Held.self, "a frame of \(type) read as \(Held.self)")
        #endif
        return read(pointer.assumingMemoryBound(to: Held.self).pointee)
    }
}
