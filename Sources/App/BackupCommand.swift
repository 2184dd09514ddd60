import ArgumentParser
import Domain
import FoundationEssentials
import Glibc
import Store
import Worker

struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Copies the database to one file, checked after writing. The app may be running.",
        discussion: "Access tokens are not in it. The file is as private as the database: it holds every brief and every script.")

    @Argument(help: "The file to write; it must not exist.")
    var file: String

    @Option(help: "The app's data folder. (default: ~/.local/share/scriptorium)")
    var data: String?

    func run() async throws {
        // As private as what it is a copy of.
        umask(0o077)
        try await Terminal.starting {
            let folder = try Configuration.dataFolder(data, environment: ProcessInfo.processInfo.environment)
            do throws(StoreError) {
                try Backup.copy(from: DataFolder.database(in: folder), to: file)
            } catch {
                throw StartError("the backup could not be made: \(error.message)")
            }
        }
        Terminal.say("The backup is in \(file)")
    }
}

struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Puts a backup in the place of the database. The app must not be running.",
        discussion: """
            The database that was there is kept beside it under another name. Briefs that the backup holds unsent may have been sent \
            since, so none goes out by itself: each waits for a person as not confirmed.
            """)

    @Argument(help: "A file that backup has written.")
    var file: String

    @Option(help: "The app's data folder. (default: ~/.local/share/scriptorium)")
    var data: String?

    func run() async throws {
        umask(0o077)
        let kept = try await Terminal.starting {
            // Its lock keeps a running app from being overwritten, and one from starting meanwhile.
            let folder = try DataFolder(path: try Configuration.dataFolder(data, environment: ProcessInfo.processInfo.environment))
            return try folder.restore(file, now: Time.system.now())
        }
        if let kept { Terminal.say("The database that was there is now \(kept)") }
        Terminal.say("The backup is in place")
    }
}

extension DataFolder {
    /// - Returns: where the database went that was there before; nil when there was none.
    fileprivate func restore(_ file: String, now: Timestamp) throws(StartError) -> String? {
        let draft = database + ".restored"
        do throws(StoreError) {
            try? FileManager.default.removeItem(atPath: draft)
            if let damage = try Integrity.damage(path: file) { throw StoreError(code: 11, operation: "check the backup", message: damage) }
            try Backup.copy(from: file, to: draft)
            try Backup.settleRestored(path: draft, now: now)
        } catch {
            for ending in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: draft + ending) }
            throw StartError("\(file) cannot be restored: \(error.message)")
        }
        do {
            var kept: String?
            for ending in ["-wal", "-shm", ""] where FileManager.default.fileExists(atPath: database + ending) {
                let name = "\(database).before-\(now.milliseconds)"
                try FileManager.default.moveItem(atPath: database + ending, toPath: name + ending)
                kept = name
            }
            try FileManager.default.moveItem(atPath: draft, toPath: database)
            return kept
        } catch {
            throw StartError("the backup could not be put in place: \(error)")
        }
    }
}
