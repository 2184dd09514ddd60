import Glibc

/// The folder that holds `Templates` and `Public`: the package's root when built from source, or beside the installed binary.
struct Resources {
    let templates: String
    let files: String

    /// - Parameter named: `--resources`; nil to look for it.
    init(named: String?) throws(StartError) {
        let candidates = named.map { [$0] } ?? Self.candidates
        guard let found = candidates.first(where: { Self.isFolder($0 + "/Templates") && Self.isFolder($0 + "/Public") }) else {
            let places = candidates.joined(separator: ", ")
            throw StartError("the folders Templates and Public are not in \(places); name their folder with --resources")
        }
        templates = found + "/Templates"
        files = found + "/Public"
    }

    /// The binary's folder and those above it (`.build/release` lies two below the root), then the working folder, then where Debian
    /// would install shared files.
    private static var candidates: [String] {
        var folders: [String] = []
        var folder = executable
        for _ in 0..<5 {
            guard let slash = folder.lastIndex(of: "/"), slash > folder.startIndex else { break }
            folder = String(folder[..<slash])
            folders.append(folder)
        }
        if let first = folders.first { folders.append(first + "/../share/scriptorium") }
        return folders + ["."]
    }

    private static var executable: String {
        var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
        let count = buffer.withUnsafeMutableBytes { bytes in
            bytes.baseAddress.map { readlink("/proc/self/exe", $0, bytes.count) } ?? 0
        }
        return count > 0 ? String(decoding: buffer[..<count], as: UTF8.self) : ""
    }

    private static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }
}
