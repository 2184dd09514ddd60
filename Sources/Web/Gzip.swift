import CZlib

/// The gzip coding (RFC 9110 §8.4.1.3) of what is compressed once, at start. Pages are not: each holds a form's secret beside words that
/// somebody else may have chosen, and how small they become together would tell of the secret (BREACH).
enum Gzip {
    /// - Returns: nil where it would not be smaller.
    static func compressed(_ bytes: [UInt8]) -> [UInt8]? {
        var stream = z_stream()
        // 15 bits of window, and 16 more ask for gzip's head and foot (zlib.h, deflateInit2).
        let size = Int32(MemoryLayout<z_stream>.size)
        guard deflateInit2_(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size) == Z_OK else {
            return nil
        }
        defer { deflateEnd(&stream) }
        var input = bytes
        var output = [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(bytes.count))))
        let code = input.withUnsafeMutableBufferPointer { input in
            output.withUnsafeMutableBufferPointer { output in
                (stream.next_in, stream.avail_in) = (input.baseAddress, UInt32(input.count))
                (stream.next_out, stream.avail_out) = (output.baseAddress, UInt32(output.count))
                return deflate(&stream, Z_FINISH)
            }
        }
        guard code == Z_STREAM_END, Int(stream.total_out) < bytes.count else { return nil }
        return Array(output.prefix(Int(stream.total_out)))
    }

    /// Whether whoever asks takes it (RFC 9110 §12.5.3); a weight of zero is a no.
    static func isAccepted(_ acceptEncoding: String?) -> Bool {
        guard let acceptEncoding else { return false }
        return acceptEncoding.lowercased().split(separator: ",").contains { part in
            let fields = part.split(separator: ";").map { $0.filter { !$0.isWhitespace } }
            guard fields.first == "gzip" || fields.first == "x-gzip" else { return false }
            let weight = fields.dropFirst().first { $0.hasPrefix("q=") }?.dropFirst(2)
            return weight.map { $0.contains { ("1"..."9").contains($0) } } ?? true
        }
    }
}
