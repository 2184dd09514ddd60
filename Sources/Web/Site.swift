import Dispatch
import Domain
import HTTP
import Secrets
import Store

/// What all loops share: the way to the store's writer, the bound templates, the files of `Public`, and the settings.
package final class Site: Sendable {
    package struct Settings: Sendable {
        /// Host names, lower case and without port, that a request may name; `localhost`, `127.0.0.1` and `[::1]` always may.
        package var allowedHosts: Set<String>
        package var createsPerMinute: Int
        /// Look for changed templates before each page.
        package var reloadsTemplates: Bool
        /// The host name, lower case and without port, under which the service fetches videos; nothing else is answered to it.
        package var publicHost: String?
        /// Whether the service can fetch videos from this app at all.
        package var takesFiles: Bool

        package init(
            allowedHosts: Set<String> = [], createsPerMinute: Int = CreateLimit.standard, reloadsTemplates: Bool = false,
            publicHost: String? = nil, takesFiles: Bool = true
        ) {
            self.allowedHosts = allowedHosts
            self.createsPerMinute = createsPerMinute
            self.reloadsTemplates = reloadsTemplates
            self.publicHost = publicHost
            self.takesFiles = takesFiles
        }
    }

    let settings: Settings
    let writer: Writer
    let databasePath: String
    /// For questions that may be slow.
    let search: SearchPool
    let counts = FilterCounts()
    let formKey: String
    let files: StaticFiles
    package let health = Health()
    let media: MediaFolder
    /// Where whole videos are read and written: a disk may take its time, and a loop may not.
    let reception = DispatchQueue(label: "web.reception", attributes: .concurrent)
    let now: @Sendable () -> Timestamp
    private let templates: Templates

    /// - Parameters:
    ///   - formKey: stands in every form of this installation, and no foreign page can know it.
    ///   - templateFolder: read once; a name that a view does not have is an error here.
    package init(
        settings: Settings, writer: Writer, databasePath: String, formKey: String, templateFolder: String, publicFolder: String,
        media: MediaFolder, now: @escaping @Sendable () -> Timestamp
    ) throws {
        self.settings = settings
        self.writer = writer
        self.databasePath = databasePath
        search = SearchPool(path: databasePath)
        self.formKey = formKey
        self.media = media
        self.now = now
        files = try StaticFiles(folder: publicFolder)
        templates = try Templates(folder: templateFolder, reloads: settings.reloadsTemplates, now: now)
    }

    var pages: Pages { templates.current }

    var limit: CreateLimit { CreateLimit(perMinute: settings.createsPerMinute) }
}
