/// What a request's conditions and range make of a response that would be 200 (RFC 9110 §13.2.2 for the order).
enum Condition: Equatable {
    case whole
    case notModified
    /// Of a file: these bytes.
    case part(Range<Int>)
    case unsatisfiable

    /// `modified` and `size` are known of files only; without a size there are no ranges.
    init(method: Method, headers: Headers, tag: String?, modified: HTTPDate? = nil, size: Int? = nil) {
        self = .whole
        guard method == .get || method == .head else { return }
        if let tags = headers["If-None-Match"] {
            if let tag, Self.matches(tags, tag) {
                self = .notModified
                return
            }
        } else if let modified, let since = headers["If-Modified-Since"].flatMap(HTTPDate.init), modified.seconds <= since.seconds {
            self = .notModified
            return
        }
        guard method == .get, let size, let range = headers["Range"] else { return }
        if let validator = headers["If-Range"], validator != tag || validator.hasPrefix("W/"), validator != modified?.text { return }
        self = Self.range(range, size: size)
    }

    /// RFC 9110 §13.1.2: the weak comparison.
    private static func matches(_ list: String, _ tag: String) -> Bool {
        list == "*" || list.split(separator: ",").contains { strong(ASCII.trim(Array($0.utf8)[...])) == strong(Array(tag.utf8)[...]) }
    }

    private static func strong(_ tag: ArraySlice<UInt8>) -> ArraySlice<UInt8> { tag.starts(with: "W/".utf8) ? tag.dropFirst(2) : tag }

    /// RFC 9110 §14.1.2. A range that is malformed, of another unit, or more than one is ignored, as §14.2 allows: the answer is whole.
    private static func range(_ text: String, size: Int) -> Condition {
        guard text.hasPrefix("bytes="), !text.contains(",") else { return .whole }
        let ends = text.dropFirst("bytes=".count).split(separator: "-", omittingEmptySubsequences: false)
        guard ends.count == 2, ends.allSatisfy({ $0.utf8.allSatisfy(ASCII.isDigit) }) else { return .whole }
        // A number too large for Int is larger than any file.
        let (first, last) = (Int(ends[0]) ?? .max, Int(ends[1]) ?? .max)
        if ends[0].isEmpty {
            if ends[1].isEmpty { return .whole }
            return last > 0 && size > 0 ? .part(max(0, size - last)..<size) : .unsatisfiable
        }
        guard first <= last || ends[1].isEmpty else { return .whole }
        guard first < size else { return .unsatisfiable }
        return .part(first..<(ends[1].isEmpty ? size : min(last, size - 1) + 1))
    }
}
