import Glibc

/// A form whose files may be large: what the body streamed to disk stays there, and is read piece by piece.
///
/// *Threading*: decoding reads the whole body, so it belongs off the loop. *Ownership*: an open body outlives the request's own file.
package struct UploadForm: Sendable {
    /// A part with a file name (RFC 7578 §4.2). `filename` is the sender's word: never a path to write to.
    package struct File: Sendable {
        package let name: String
        package let filename: String
        package let count: Int
        fileprivate let body: UploadedBody
        fileprivate let start: Int

        /// Up to `count` bytes from `offset` on; fewer at the end. Nil when they cannot be read.
        package func read(_ count: Int, at offset: Int) -> [UInt8]? {
            guard offset >= 0, offset <= self.count else { return nil }
            return body.read(min(count, self.count - offset), at: start + offset)
        }
    }

    /// Everything but the files.
    package let fields: FormData
    package private(set) var files: [File] = []

    /// A body in either of the two encodings a browser's form has; only `multipart/form-data` has files.
    package init(_ request: Request, limits: Limits = Limits()) throws(FormError) {
        let type = HeaderValue(request.headers["Content-Type"] ?? "")
        guard type.token == "multipart/form-data" else {
            fields = try FormData(request, limits: limits)
            return
        }
        guard let boundary = type["boundary"], let body = UploadedBody(request.body) else { throw .malformed }
        var pairs: [(name: String, value: String)] = []
        var typed = 0
        for part in try MultipartScan(body, boundary: boundary, limits: limits).parts {
            if let filename = part.filename {
                files.append(
                    File(name: part.name, filename: filename, count: part.content.count, body: body, start: part.content.lowerBound))
            } else {
                typed += part.content.count
                guard typed <= limits.formBody else { throw .tooLarge }
                guard let bytes = body.read(part.content.count, at: part.content.lowerBound) else { throw .malformed }
                pairs.append((part.name, String(decoding: bytes, as: UTF8.self)))
            }
        }
        fields = FormData(pairs: pairs)
    }
}

/// The parts of a `multipart/form-data` body by their place in it: what `Multipart` does in memory, with a buffer of fixed size.
private struct MultipartScan {
    struct Part {
        let name: String
        let filename: String?
        let content: Range<Int>
    }

    private(set) var parts: [Part] = []

    init(_ body: UploadedBody, boundary: String, limits: Limits) throws(FormError) {
        guard (1...70).contains(boundary.utf8.count) else { throw .malformed }
        let opening = Array("--\(boundary)".utf8)
        let delimiter = Multipart.lineEnd + opening
        // The first delimiter has no line end in front when nothing stands before it.
        guard let start = body.read(opening.count, at: 0) == opening ? opening.count : body.find(delimiter, from: 0)?.upperBound else {
            throw .malformed
        }
        var rest = start
        while true {
            guard let head = body.read(limits.headerBytes, at: rest) else { throw .malformed }
            if head.starts(with: "--".utf8) { return }
            let blanks = head.prefix(while: ASCII.isBlank).count
            guard head.dropFirst(blanks).starts(with: Multipart.lineEnd),
                let headEnd = head[blanks...].firstRange(of: Multipart.lineEnd + Multipart.lineEnd),
                let end = body.find(delimiter, from: rest + headEnd.upperBound)
            else { throw .malformed }
            guard parts.count < limits.formFields else { throw .tooLarge }
            let part = try Multipart.part(head: head[blanks..<headEnd.lowerBound], bytes: [])
            parts.append(Part(name: part.name, filename: part.filename, content: rest + headEnd.upperBound..<end.lowerBound))
            rest = end.upperBound
        }
    }
}

/// A request's body, wherever it is.
private final class UploadedBody: Sendable {
    private enum Place {
        case memory([UInt8])
        case file(Int32)
    }

    private let place: Place
    private let count: Int

    /// Nil where there is none, or its file is gone.
    init?(_ body: Request.Body) {
        switch body {
        case .none: return nil
        case .bytes(let bytes):
            place = .memory(bytes)
            count = bytes.count
        case .file(let path, let count):
            let descriptor = open(path, O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else { return nil }
            place = .file(descriptor)
            self.count = count
        }
    }

    deinit {
        switch place {
        case .memory: break
        case .file(let descriptor): close(descriptor)
        }
    }

    /// Fewer bytes than asked for at the end; nil when they cannot be read.
    func read(_ wanted: Int, at offset: Int) -> [UInt8]? {
        let wanted = max(0, min(wanted, count - offset))
        switch place {
        case .memory(let bytes):
            return Array(bytes.dropFirst(offset).prefix(wanted))
        case .file(let descriptor):
            var failed = false
            let bytes = [UInt8](unsafeUninitializedCapacity: wanted) { buffer, filled in
                filled = 0
                while filled < wanted {
                    let got = pread(descriptor, buffer.baseAddress.map { $0 + filled }, wanted - filled, offset + filled)
                    if got < 0, errno == EINTR { continue }
                    failed = got <= 0
                    if failed { return }
                    filled += got
                }
            }
            return failed ? nil : bytes
        }
    }

    /// Bytes looked through at a time.
    private static let window = 262_144

    func find(_ needle: [UInt8], from start: Int) -> Range<Int>? {
        var offset = start
        while offset + needle.count <= count {
            guard let bytes = read(Self.window, at: offset), bytes.count >= needle.count else { return nil }
            if let found = Self.find(needle, in: bytes) { return offset + found..<offset + found + needle.count }
            // A delimiter may lie across two windows.
            offset += bytes.count - needle.count + 1
        }
        return nil
    }

    /// By the C library: it looks for the first byte many at a time, and a file is a lot to look through.
    private static func find(_ needle: [UInt8], in bytes: [UInt8]) -> Int? {
        bytes.withUnsafeBytes { bytes -> Int? in
            needle.withUnsafeBytes { needle -> Int? in
                guard let base = bytes.baseAddress, let first = needle.baseAddress, bytes.count >= needle.count else { return nil }
                var index = 0
                let last = bytes.count - needle.count
                while index <= last, let found = memchr(base + index, Int32(needle[0]), last - index + 1) {
                    if memcmp(found, first, needle.count) == 0 { return base.distance(to: UnsafeRawPointer(found)) }
                    index = base.distance(to: UnsafeRawPointer(found)) + 1
                }
                return nil
            }
        }
    }
}
