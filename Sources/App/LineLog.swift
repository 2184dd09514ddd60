import Domain
import Logging
import Worker

/// Writes each event to standard error as one structured line.
struct LineLog: LogHandler {
    var logLevel = Logger.Level.info
    var metadata: Logger.Metadata = [:]

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let fields = metadata.merging(event.metadata ?? [:]) { $1 }.sorted { $0.key < $1.key }.map { (name: $0.key, value: "\($0.value)") }
        Terminal.note(LogLine.text(at: Time.system.now(), level: event.level.rawValue, event: "\(event.message)", fields: fields))
    }
}
