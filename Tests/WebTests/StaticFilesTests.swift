import Foundation
import HTTP
import Testing

@testable import Web

struct StaticFilesTests {
    @Test func `a link that leads out of the folder is no file of it`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "static-files-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder.appending(path: "public/inner"), withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data("secret".utf8).write(to: folder.appending(path: "secret.txt"))
        try Data("shown".utf8).write(to: folder.appending(path: "public/inner/shown.txt"))
        let outside = folder.appending(path: "secret.txt").path
        for (link, target) in [("link.txt", outside), ("inner/up.txt", "../../secret.txt"), ("folder", folder.path)] {
            try FileManager.default.createSymbolicLink(atPath: folder.path + "/public/" + link, withDestinationPath: target)
        }
        let files = try StaticFiles(folder: folder.path + "/public")
        #expect(files.response(to: ["inner", "shown.txt"]) != nil)
        for path in [
            ["link.txt"], ["inner", "up.txt"], ["folder", "secret.txt"], ["..", "secret.txt"], ["inner", "..", "..", "secret.txt"],
        ] {
            #expect(files.response(to: path) == nil, "\(path)")
        }
    }
}
