import Glibc

/// An append-only file of JSON lines, one record each, synced before anything that rests on it is told. It ends at its first line that
/// is not whole: a crash or a power cut can only have torn lines whose answers never left.
struct Journal: ~Copyable, Sendable {
    private let descriptor: Int32
    private var length: Int
    /// After a sync that failed nobody knows what is on the disk, and the next one may claim success.
    private var isBroken = false

    /// Opens the file, or makes it, and hands over what it holds, oldest first.
    init(_ path: String, replay: (Account.Record) -> Void) throws(SandboxError) {
        let isNew = access(path, F_OK) != 0
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        length = 0
        guard descriptor >= 0 else { throw SandboxError("cannot open the sandbox journal \(path): \(lastError())") }
        if isNew { try Self.syncFolder(of: path) }
        guard let bytes = readAll(descriptor) else { throw SandboxError("cannot read the sandbox journal \(path): \(lastError())") }

        var line = 1
        while let end = bytes[length...].firstIndex(of: UInt8(ascii: "\n")) {
            guard let json = try? JSONParser.parse(Array(bytes[length..<end]), depth: 16) else { break }
            guard let record = Account.Record(json) else {
                throw SandboxError("the sandbox journal \(path), line \(line), was not written by this version")
            }
            replay(record)
            line += 1
            length = end + 1
        }
        guard length == bytes.count || ftruncate(descriptor, off_t(length)) == 0 else {
            throw SandboxError("cannot write the sandbox journal \(path): \(lastError())")
        }
    }

    deinit {
        Glibc.close(descriptor)
    }

    /// Whether all of the records are on the disk; if not, none is.
    mutating func append(_ records: [Account.Record]) -> Bool {
        guard !isBroken else { return false }
        let bytes = records.flatMap { $0.json.bytes + [UInt8(ascii: "\n")] }
        guard write(bytes) else {
            isBroken = ftruncate(descriptor, off_t(length)) != 0
            return false
        }
        guard fsync(descriptor) == 0 else {
            isBroken = true
            return false
        }
        length += bytes.count
        return true
    }

    private func write(_ bytes: [UInt8]) -> Bool {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes {
                pwrite(descriptor, $0.baseAddress.map { $0 + written }, bytes.count - written, off_t(length + written))
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            written += count
        }
        return true
    }

    /// A new file is only there after a power cut when its folder says so.
    private static func syncFolder(of path: String) throws(SandboxError) {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        let folder = parts.count == 1 ? "." : parts.dropLast().joined(separator: "/") + "/"
        let descriptor = Glibc.open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        defer { if descriptor >= 0 { Glibc.close(descriptor) } }
        guard descriptor >= 0, fsync(descriptor) == 0 else { throw SandboxError("cannot sync the folder of \(path): \(lastError())") }
    }
}

extension Account.Record {
    var json: JSONValue {
        switch self {
        case .video(let id, let isRejected, let at):
            ["type": "video", "id": .string(id), "rejected": .bool(isRejected), "at": .number(at)]
        case .task(let id, let body, let at):
            ["type": "task", "id": .number(id), "at": .number(at), "body": body]
        case .refusedCall(let at):
            ["type": "refused_call", "at": .number(at)]
        }
    }

    init?(_ json: JSONValue) {
        guard let at = json["at"]?.integer else { return nil }
        switch json["type"]?.text {
        case "video":
            guard let id = json["id"]?.text, case .bool(let isRejected) = json["rejected"] else { return nil }
            self = .video(id: id, isRejected: isRejected, at: at)
        case "task":
            guard let id = json["id"]?.integer, let body = json["body"] else { return nil }
            self = .task(id: id, body: body, at: at)
        case "refused_call":
            self = .refusedCall(at: at)
        default:
            return nil
        }
    }
}

/// All bytes of a file from where it stands, or nil with `errno`.
func readAll(_ descriptor: Int32) -> [UInt8]? {
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 65_536)
    while true {
        let count = piece.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
        if count < 0, errno == EINTR { continue }
        guard count >= 0 else { return nil }
        if count == 0 { return bytes }
        bytes += piece[..<count]
    }
}

private func lastError() -> String {
    String(cString: strerror(errno))
}
