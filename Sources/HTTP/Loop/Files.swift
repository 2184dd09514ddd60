import Glibc

/// The whole of a file of at most `limit` bytes; nil where it cannot be read or is longer.
func readFile(_ path: String, upTo limit: Int) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var contents: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 65_536)
    while true {
        let count = read(descriptor, &piece, piece.count)
        if count < 0, errno == EINTR { continue }
        guard count >= 0, contents.count + count <= limit else { return nil }
        if count == 0 { return contents }
        contents += piece[..<count]
    }
}
