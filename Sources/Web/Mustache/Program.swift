/// A template bound to a view: what to write, in order, with every name resolved to how it is read.
struct Program<S>: Sendable {
    private var ops: [Op<S>] = []
    /// Whether text that follows may join the last op: not when a jump lands between the two.
    private var literalIsOpen = false

    func run(_ scope: S, into output: inout Output) {
        var index = 0
        while index < ops.count {
            switch ops[index] {
            case .literal(let bytes): output.append(bytes)
            case .text(let read): output.append(read(scope))
            case .html(let read): output.append(read(scope))
            case .skip(let count, let read, let unless): if read(scope) != unless { index += count }
            case .nested(let show): show(scope, &output)
            }
            index += 1
        }
    }

    mutating func append(_ op: Op<S>) {
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

    mutating func append(_ body: Program, if read: @escaping @Sendable (S) -> Bool, is wanted: Bool) {
        ops.append(.skip(count: body.ops.count, read, unless: wanted))
        ops += body.ops
        literalIsOpen = false
    }
}

enum Op<S>: Sendable {
    case literal([UInt8])
    case text(@Sendable (S) -> String)
    case html(@Sendable (S) -> HTML)
    /// Leaves out the next `count` ops, unless the value is as wanted.
    case skip(count: Int, @Sendable (S) -> Bool, unless: Bool)
    /// Shows content once for each of what is read from the scope.
    case nested(@Sendable (S, inout Output) -> Void)
}
