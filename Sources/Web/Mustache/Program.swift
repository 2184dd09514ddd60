/// A template bound to a view: what to write, in order, with every name resolved to how it is read.
struct Program: Sendable {
    private var ops: [Op] = []
    /// All literals in a row. An op only says where its own stands: bytes of its own would be retained and released each time it runs, and
    /// half of all ops are literals.
    private var literals: [UInt8] = []
    /// Whether text that follows may join the last op: not when a jump lands between the two.
    private var literalIsOpen = false

    func run(_ rendering: inout Rendering) {
        literals.withUnsafeBufferPointer { literals in
            var index = 0
            while index < ops.count {
                switch ops[index] {
                case .literal(let place): rendering.append(markup: UnsafeBufferPointer(rebasing: literals[place]))
                case .text(let level, let read): rendering.append(read(rendering.frames[level]))
                case .html(let level, let read): rendering.append(read(rendering.frames[level]))
                case .skip(let count, let level, let read, let unless): if read(rendering.frames[level]) != unless { index += count }
                case .written(let level, let write): write(rendering.frames[level], &rendering)
                case .nested(let nested): nested.run(&rendering)
                }
                index += 1
            }
        }
    }

    mutating func append(_ op: Op) {
        ops.append(op)
        literalIsOpen = false
    }

    mutating func append(literal bytes: [UInt8]) {
        if bytes.isEmpty { return }
        literals += bytes
        if literalIsOpen, case .literal(let last)? = ops.popLast() {
            ops.append(.literal(last.lowerBound..<literals.count))
        } else {
            ops.append(.literal(literals.count - bytes.count..<literals.count))
        }
        literalIsOpen = true
    }

    mutating func append(_ body: Program, at level: Int, if read: @escaping @Sendable (StackFrame) -> Bool, is wanted: Bool) {
        ops.append(.skip(count: body.ops.count, level, read, unless: wanted))
        let shift = literals.count
        literals += body.literals
        ops += body.ops.map { op in
            if case .literal(let place) = op { .literal(place.lowerBound + shift..<place.upperBound + shift) } else { op }
        }
        literalIsOpen = false
    }
}

/// A step of a program. What it reads, it reads from the frame of a level.
enum Op: Sendable {
    /// Where the bytes stand among the program's literals.
    case literal(Range<Int>)
    case text(Int, @Sendable (StackFrame) -> String)
    case html(Int, @Sendable (StackFrame) -> HTML)
    /// Leaves out the next `count` ops, unless the value is as wanted.
    case skip(count: Int, Int, @Sendable (StackFrame) -> Bool, unless: Bool)
    case written(Int, @Sendable (StackFrame, inout Rendering) -> Void)
    case nested(Nested)
}

/// Content that is shown once for each of what is found. A class, so that an op holds one reference instead of all its parts.
final class Nested: Sendable {
    private let level: Int
    private let each: Each
    private let body: Program

    init(level: Int, each: @escaping Each, body: Program) {
        self.level = level
        self.each = each
        self.body = body
    }

    func run(_ rendering: inout Rendering) {
        each(rendering.frames[level]) { frame in
            rendering.push(frame)
            body.run(&rendering)
            rendering.pop()
        }
    }
}
