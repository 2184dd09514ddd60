/// A generator that gives the same numbers for the same text, on every machine and toolchain (FNV-1a into SplitMix64): a task's scripts
/// are the same after every restart, and another task's are others.
struct Seed {
    private var state: UInt64

    init(_ text: String) {
        state = text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A number below `bound`, which is at least 1.
    mutating func number(below bound: Int) -> Int {
        Int(next() % UInt64(bound))
    }

    mutating func pick<Element>(_ items: [Element]) -> Element? {
        items.isEmpty ? nil : items[number(below: items.count)]
    }

    /// Fisher and Yates. The standard library's own may change its order with a new toolchain.
    mutating func shuffled<Element>(_ items: [Element]) -> [Element] {
        var items = items
        for index in items.indices.dropFirst().reversed() {
            items.swapAt(index, number(below: index + 1))
        }
        return items
    }
}
