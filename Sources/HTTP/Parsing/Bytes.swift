/// Received bytes that are compared with what a protocol names.
extension Span<UInt8> {
    var text: String { withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) } }

    func equals(_ text: StaticString) -> Bool {
        guard count == text.utf8CodeUnitCount else { return false }
        for index in indices where self[index] != text.utf8Start[index] { return false }
        return true
    }

    func equalsIgnoringCase(_ text: StaticString) -> Bool {
        guard count == text.utf8CodeUnitCount else { return false }
        for index in indices where ASCII.lowercase(self[index]) != ASCII.lowercase(text.utf8Start[index]) { return false }
        return true
    }

    func equalsIgnoringCase(_ other: Span<UInt8>) -> Bool {
        guard count == other.count else { return false }
        for index in indices where ASCII.lowercase(self[index]) != ASCII.lowercase(other[index]) { return false }
        return true
    }
}
