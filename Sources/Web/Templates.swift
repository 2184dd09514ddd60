import Domain
import Synchronization

/// The bound templates, and with `--reload-templates` the newest ones that bind: a mistake in an edited template leaves the last good
/// ones in place and is said on standard error.
final class Templates: Sendable {
    private let folder: String
    private let reloads: Bool
    private let first: Pages
    private let time: @Sendable () -> Timestamp
    private let state: Mutex<(pages: Pages, fingerprint: TemplateLibrary.Fingerprint)>

    init(folder: String, reloads: Bool, now time: @escaping @Sendable () -> Timestamp) throws(TemplateError) {
        self.folder = folder
        self.reloads = reloads
        self.time = time
        let fingerprint = try TemplateLibrary.fingerprint(folder: folder)
        first = try Pages(TemplateLibrary(folder: folder))
        state = Mutex((first, fingerprint))
    }

    var current: Pages {
        if !reloads { return first }
        return state.withLock { state in
            if let now = try? TemplateLibrary.fingerprint(folder: folder), now != state.fingerprint {
                state.fingerprint = now
                do {
                    state.pages = try Pages(TemplateLibrary(folder: folder))
                } catch {
                    log("\(error)", at: time())
                }
            }
            return state.pages
        }
    }
}
