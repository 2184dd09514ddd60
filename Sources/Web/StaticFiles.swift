import FoundationEssentials
import HTTP

/// The files of `Public`, read once at start: a path is a key of a dictionary, so none can leave the folder. Each is known by its name,
/// and by its name with a fingerprint of its content, under which it may be kept for ever. The server sends 304 and ranges of it.
struct StaticFiles: Sendable {
    private struct File: Sendable {
        let bytes: [UInt8]
        /// In the gzip coding, where that is smaller; nil for pictures, which are compressed as they are.
        let compressed: [UInt8]?
        let type: String
        let fingerprint: String
        /// As HTTP writes it.
        let modified: String
    }

    /// By the name that stands after `/public/`.
    private var files: [String: File] = [:]
    private var fingerprinted: [String: String] = [:]

    init(folder: String) throws(SiteError) {
        guard let names = try? FileManager.default.subpathsOfDirectory(atPath: folder) else {
            throw SiteError("the folder \(folder) cannot be read")
        }
        for name in names {
            guard let type = Self.types[String(name.split(separator: ".").last ?? "")] else { continue }
            // A symbolic link may lead out of the folder.
            let facts = try? FileManager.default.attributesOfItem(atPath: folder + "/" + name)
            guard facts?[.type] as? FileAttributeType == .typeRegular else { continue }
            let modified = (facts?[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
            let bytes = try ServedText.bytes(of: name, in: folder)
            let file = File(
                bytes: bytes, compressed: type.hasPrefix("image/png") ? nil : Gzip.compressed(bytes), type: type,
                fingerprint: Self.fingerprint(of: bytes), modified: HTTPDate(seconds: Int(modified)).text)
            files[name] = file
            fingerprinted[Self.name(name, with: file.fingerprint)] = name
        }
    }

    /// Where a page points to: `/public/scriptorium.1f3a….css`.
    func url(_ name: String) -> String {
        guard let file = files[name] else { return "/public/\(name)" }
        return "/public/\(Self.name(name, with: file.fingerprint))"
    }

    /// - Parameter acceptEncoding: of the request; nil for none.
    func response(to path: [String], acceptEncoding: String? = nil) -> Response? {
        let name = path.joined(separator: "/")
        if let plain = fingerprinted[name], let file = files[plain] {
            return response(file, cacheControl: "public, max-age=31536000, immutable", acceptEncoding)
        }
        return files[name].map { response($0, cacheControl: "no-cache", acceptEncoding) }
    }

    private func response(_ file: File, cacheControl: String, _ acceptEncoding: String?) -> Response {
        var response = Response(
            .ok,
            headers: [
                "Content-Type": file.type, "Cache-Control": cacheControl, "ETag": "\"\(file.fingerprint)\"",
                "Last-Modified": file.modified, "Accept-Ranges": "bytes", "X-Content-Type-Options": "nosniff",
            ], body: .bytes(file.bytes))
        guard let compressed = file.compressed else { return response }
        response.headers["Vary"] = "Accept-Encoding"
        guard Gzip.isAccepted(acceptEncoding) else { return response }
        response.headers["Content-Encoding"] = "gzip"
        // Another representation has another tag (RFC 9110 §8.8.3.3).
        response.headers["ETag"] = "\"\(file.fingerprint)-gzip\""
        response.body = .bytes(compressed)
        return response
    }

    private static let types = [
        "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml", "png": "image/png",
        "webp": "image/webp", "ico": "image/x-icon", "txt": "text/plain; charset=utf-8", "json": "application/json",
    ]

    private static func name(_ name: String, with fingerprint: String) -> String {
        guard let dot = name.lastIndex(of: ".") else { return name }
        return "\(name[..<dot]).\(fingerprint)\(name[dot...])"
    }

    /// FNV-1a, 64 bits: it tells versions of a file apart, and guards nothing.
    private static func fingerprint(of bytes: [UInt8]) -> String {
        let hash = bytes.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        return String(hash, radix: 36)
    }
}

/// What keeps the site from starting, in one line.
package struct SiteError: Error, CustomStringConvertible {
    package let description: String

    init(_ description: String) {
        self.description = description
    }
}
