/// What has to be struck out of one text and written into it to make another, word by word, after E. W. Myers, "An O(ND) Difference
/// Algorithm and Its Variations" (1986).
package struct WordDiff: Sendable, Hashable {
    package enum Change: Sendable, Hashable {
        case same, removed, added
    }

    package struct Part: Sendable, Hashable {
        package let change: Change
        package let text: String
    }

    package let parts: [Part]

    package init(from old: String, to new: String) {
        let (a, b) = (Self.tokens(of: old), Self.tokens(of: new))
        let prefix = zip(a, b).prefix { $0 == $1 }.count
        let suffix = zip(a.dropFirst(prefix).reversed(), b.dropFirst(prefix).reversed()).prefix { $0 == $1 }.count
        let (middleA, middleB) = (a[prefix..<(a.count - suffix)], b[prefix..<(b.count - suffix)])
        var joined = Joined()
        joined.add(.same, a[..<prefix])
        if middleA.count + middleB.count > Self.mostTokens {
            // Two texts this different are read one after the other anyway.
            joined.add(.removed, middleA)
            joined.add(.added, middleB)
        } else {
            for (change, token) in Self.steps(Array(middleA), Array(middleB)) { joined.add(change, [token]) }
        }
        joined.add(.same, a[(a.count - suffix)...])
        parts = joined.parts
    }

    /// Words and what stands between them in total: the work grows with the square of what differs.
    private static let mostTokens = 2_000

    /// Words with their punctuation, and each run of white space by itself, so that nothing is lost.
    private static func tokens(of text: String) -> [Substring] {
        var tokens: [Substring] = []
        var rest = text[...]
        while let first = rest.first {
            let isSpace = first.isWhitespace
            let token = rest.prefix { $0.isWhitespace == isSpace }
            tokens.append(token)
            rest = rest[token.endIndex...]
        }
        return tokens
    }

    private static func steps(_ a: [Substring], _ b: [Substring]) -> [(Change, Substring)] {
        let reach = a.count + b.count
        if reach == 0 { return [] }
        // furthest[k + reach]: how far along `a` the best path on diagonal k has come.
        var furthest = [Int](repeating: 0, count: 2 * reach + 2)
        // Of each round, the diagonals from -d to d + 1 as they were before it.
        var trace: [[Int]] = []
        search: for d in 0...reach {
            trace.append(Array(furthest[(reach - d)...(reach + d + 1)]))
            for k in stride(from: -d, through: d, by: 2) {
                let down = k == -d || (k != d && furthest[reach + k - 1] < furthest[reach + k + 1])
                var x = down ? furthest[reach + k + 1] : furthest[reach + k - 1] + 1
                while x < a.count, x - k < b.count, a[x] == b[x - k] { x += 1 }
                furthest[reach + k] = x
                if x >= a.count, x - k >= b.count { break search }
            }
        }
        var steps: [(Change, Substring)] = []
        var (x, y) = (a.count, b.count)
        for d in trace.indices.reversed() {
            let before = trace[d]
            let k = x - y
            func at(_ k: Int) -> Int { before.indices.contains(k + d) ? before[k + d] : -1 }
            let down = k == -d || (k != d && at(k - 1) < at(k + 1))
            let from = down ? k + 1 : k - 1
            let startX = d == 0 ? 0 : at(from)
            let startY = d == 0 ? 0 : startX - from
            while x > startX, y > startY {
                (x, y) = (x - 1, y - 1)
                steps.append((.same, a[x]))
            }
            guard d > 0 else { break }
            if down {
                y -= 1
                steps.append((.added, b[y]))
            } else {
                x -= 1
                steps.append((.removed, a[x]))
            }
        }
        return steps.reversed()
    }

    /// Neighbours of one kind in one part. What is struck out stands before what replaces it, also across the spaces between words.
    private struct Joined {
        var parts: [Part] = []

        mutating func add(_ change: Change, _ tokens: some Sequence<Substring>) {
            let text = tokens.joined()
            guard !text.isEmpty else { return }
            if let last = parts.last, last.change == change {
                parts[parts.count - 1] = Part(change: change, text: last.text + text)
            } else {
                parts.append(Part(change: change, text: text))
            }
        }
    }
}
