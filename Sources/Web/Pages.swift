/// Every page, bound to its view: a name that a view does not have is found here, at start. A class, so that a request takes one reference
/// and not one for each page.
final class Pages: Sendable {
    let home: Page<HomePage>
    let tasks: Page<TasksPage>
    let task: Page<TaskPage>
    let brief: Page<BriefPage>
    let presets: Page<PresetsPage>
    let scripts: Page<ScriptsPage>
    let scriptRows: Page<ScriptRows>
    let script: Page<ScriptPage>
    let edit: Page<EditPage>
    let versions: Page<VersionsPage>
    let tags: Page<TagsPage>
    let trash: Page<TrashPage>
    let imports: Page<ImportPage>
    let print: Page<PrintPage>
    let prompter: Page<PrompterPage>
    let videos: Page<VideosPage>
    let video: Page<VideoPage>
    let upload: Page<UploadPage>
    let acknowledgements: Page<AcknowledgementsPage>
    let connection: Page<ConnectionPage>
    let signIn: Page<SignInPage>
    let join: Page<JoinPage>
    let members: Page<MembersPage>
    let account: Page<AccountPage>
    let audit: Page<AuditPage>
    let activity: Page<ActivityPage>
    let style: Page<StylePage>
    let error: Page<ErrorPage>

    init(_ library: TemplateLibrary) throws(TemplateError) {
        home = try library.page("home", for: HomePage.self)
        tasks = try library.page("tasks/index", for: TasksPage.self)
        task = try library.page("tasks/show", for: TaskPage.self)
        brief = try library.page("tasks/new", for: BriefPage.self)
        presets = try library.page("presets/index", for: PresetsPage.self)
        scripts = try library.page("scripts/index", for: ScriptsPage.self)
        scriptRows = try library.page("scripts/rows", for: ScriptRows.self)
        script = try library.page("scripts/show", for: ScriptPage.self)
        edit = try library.page("scripts/edit", for: EditPage.self)
        versions = try library.page("scripts/versions", for: VersionsPage.self)
        tags = try library.page("scripts/tags", for: TagsPage.self)
        trash = try library.page("scripts/trash", for: TrashPage.self)
        imports = try library.page("scripts/import", for: ImportPage.self)
        print = try library.page("scripts/print", for: PrintPage.self)
        prompter = try library.page("scripts/prompter", for: PrompterPage.self)
        videos = try library.page("videos/index", for: VideosPage.self)
        video = try library.page("videos/show", for: VideoPage.self)
        upload = try library.page("videos/new", for: UploadPage.self)
        acknowledgements = try library.page("acknowledgements/index", for: AcknowledgementsPage.self)
        connection = try library.page("connection/show", for: ConnectionPage.self)
        signIn = try library.page("sign-in", for: SignInPage.self)
        join = try library.page("members/join", for: JoinPage.self)
        members = try library.page("members/index", for: MembersPage.self)
        account = try library.page("account/show", for: AccountPage.self)
        audit = try library.page("audit/index", for: AuditPage.self)
        activity = try library.page("activity/index", for: ActivityPage.self)
        style = try library.page("style/show", for: StylePage.self)
        error = try library.page("error", for: ErrorPage.self)
    }
}
