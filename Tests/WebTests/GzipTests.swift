import CZlib
import HTTP
import Testing

@testable import Web

@Suite struct `A file of Public` {
    private let files: StaticFiles

    init() throws {
        files = try StaticFiles(folder: Bound.root + "/Public")
    }

    private func bytes(_ response: Response) -> [UInt8] {
        if case .bytes(let bytes) = response.body { bytes } else { [] }
    }

    /// RFC 1952, by zlib.
    private func inflated(_ bytes: [UInt8]) -> [UInt8] {
        var (stream, input, output) = (z_stream(), bytes, [UInt8](repeating: 0, count: 1_000_000))
        guard inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else { return [] }
        defer { inflateEnd(&stream) }
        let code = input.withUnsafeMutableBufferPointer { input in
            output.withUnsafeMutableBufferPointer { output in
                (stream.next_in, stream.avail_in) = (input.baseAddress, UInt32(input.count))
                (stream.next_out, stream.avail_out) = (output.baseAddress, UInt32(output.count))
                return inflate(&stream, Z_FINISH)
            }
        }
        return code == Z_STREAM_END ? Array(output.prefix(Int(stream.total_out))) : []
    }

    @Test func `is the same file under gzip, smaller and with a tag of its own`() throws {
        for name in ["scriptorium.css", "scriptorium.js", "icons.svg"] {
            let plain = try #require(files.response(to: [name]))
            let coded = try #require(files.response(to: [name], acceptEncoding: "br, gzip;q=0.5"))
            #expect(plain.headers["Content-Encoding"] == nil && coded.headers["Content-Encoding"] == "gzip")
            #expect(plain.headers["Vary"] == "Accept-Encoding" && coded.headers["Vary"] == "Accept-Encoding")
            #expect(plain.headers["ETag"] != coded.headers["ETag"])
            #expect(bytes(coded).count < bytes(plain).count && inflated(bytes(coded)) == bytes(plain))
        }
    }

    @Test func `is sent as it is where that is no smaller`() throws {
        let picture = try #require(files.response(to: ["screenshot.png"], acceptEncoding: "gzip"))
        #expect(picture.headers["Content-Encoding"] == nil && picture.headers["Vary"] == nil)
        #expect(Gzip.compressed([]) == nil)
    }

    @Test(arguments: ["gzip", "GZIP", "br, gzip", "gzip;q=0.1", "x-gzip"]) func `takes the coding that is asked for`(header: String) {
        #expect(Gzip.isAccepted(header))
    }

    @Test(arguments: ["", "br", "gzip;q=0", "gzip; q=0.000", "identity, *;q=0"]) func `takes no other`(header: String) {
        #expect(!Gzip.isAccepted(header))
    }
}
