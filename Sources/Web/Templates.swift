import Domain
import Synchronization

/// The bound templates, and with `--reload-templates` the newest ones that bind: a mistake in an edited template leaves the last good
/// ones in place and is said on standard error.
final class Templates: Sendable {
    private let folder: String
    private let reloads: Bool
    private let time: @Sendable () -> Timestamp
    private let state: Mutex<(pages: Pages, fingerprint: TemplateLibrary.Fingerprint)>

    init(folder: String, reloads: Bool, now time: @escaping @Sendable () -> Timestamp) throws(TemplateError) {
        self.folder = folder
        self.reloads = reloads
        self.time = time
        let fingerprint = try TemplateLibrary.fingerprint(folder: folder)
        state = Mutex((try Pages(TemplateLibrary(folder: folder)), fingerprint))
    }

    var current: Pages {
        state.withLock { state in
            if reloads, let now = try? TemplateLibrary.fingerprint(folder: folder), now != state.fingerprint {
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
