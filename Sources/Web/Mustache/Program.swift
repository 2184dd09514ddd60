/// A template bound to a view: what to write, in order, with every name resolved to how it is read.
struct Program: Sendable {
    private var ops: [Op] = []
    /// Whether text that follows may join the last op: not when a jump lands between the two.
    private var literalIsOpen = false

    func run(_ rendering: inout Rendering) {
        var index = 0
        while index < ops.count {
            switch ops[index] {
            case .literal(let bytes): rendering.append(bytes)
            case .text(let level, let read): rendering.append(read(rendering.frames[level]))
            case .html(let level, let read): rendering.append(read(rendering.frames[level]))
            case .skip(let count, let level, let read, let unless): if read(rendering.frames[level]) != unless { index += count }
            case .nested(let level, let show): show(rendering.frames[level], &rendering)
            }
            index += 1
        }
    }

    mutating func append(_ op: Op) {
        ops.append(op)
        literalIsOpen = false
    }

    mutating func append(literal bytes: [UInt8]) {
        if bytes.isEmpty { return }
        if literalIsOpen, case .literal(let last)? = ops.popLast() {
            ops.append(.literal(last + bytes))
        } else {
            ops.append(.literal(bytes))
        }
        literalIsOpen = true
    }

    mutating func append(_ body: Program, at level: Int, if read: @escaping @Sendable (StackFrame) -> Bool, is wanted: Bool) {
        ops.append(.skip(count: body.ops.count, level, read, unless: wanted))
        ops += body.ops
        literalIsOpen = false
    }
}

/// A step of a program. What it reads, it reads from the frame of a level.
enum Op: Sendable {
    case literal([UInt8])
    case text(Int, @Sendable (StackFrame) -> String)
    case html(Int, @Sendable (StackFrame) -> HTML)
    /// Leaves out the next `count` ops, unless the value is as wanted.
    case skip(count: Int, Int, @Sendable (StackFrame) -> Bool, unless: Bool)
    /// Shows content once for each of what is read.
    case nested(Int, @Sendable (StackFrame, inout Rendering) -> Void)
}
