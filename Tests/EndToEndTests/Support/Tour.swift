import Foundation

/// Every kind of page, with what a team would have on it.
struct Tour: Sendable {
    let pages: [(name: String, path: String)]
    /// A script with versions, tags, notes and a state.
    let script: String
    /// The address of a video that is kept here.
    let media: String

    func path(_ name: String) throws -> String {
        guard let page = pages.first(where: { $0.name == name }) else { throw Failure("no page \(name)") }
        return page.path
    }

    /// The tour of the suite's program, prepared when it is first asked for.
    static var shared: Tour {
        get async throws { try await Guide.shared.tour(of: Program.shared) }
    }

    private actor Guide {
        static let shared = Guide()
        private var tours: [Int: Task<Tour, any Error>] = [:]

        func tour(of program: Program) async throws -> Tour {
            let tour = tours[program.port] ?? Task { try await Tour.prepare(with: program.client) }
            tours[program.port] = tour
            return try await tour.value
        }
    }

    /// Writes briefs, uploads videos, and sorts out the scripts.
    static func prepare(with client: Client) async throws -> Tour {
        try await client.upload(["https://cdn.example.com/first-lamp.mp4", "https://cdn.example.com/second-lamp.mp4"])
        let odd = TinyVideo.movie(brand: "isom", across: 8, up: 6, seconds: 90)
        try await client.upload([
            UploadedFile(name: "Lamp in the rain, second take.mp4", content: TinyVideo.mp4),
            UploadedFile(name: "odd-shape.mp4", content: odd),
        ])
        let video = try await client.video("Lamp in the rain").path
        let done = try await client.askForScripts()
        let scripts = try await client.wait(for: "succeeded", at: done).scripts
        try await sortOut(scripts, with: client)
        try await client.savePreset("Our voice: warm, and never loud", ["voice", "scripts"])
        try await client.savePreset("Northbeam", ["product", "media"])
        let running = try await client.askForScripts()
        let pages = [
            ("task-running", running), ("home", "/"), ("tasks", "/tasks"), ("task", done), ("brief", "/tasks/new"),
            ("presets", "/presets"),
            ("brief-again", "/tasks/new?from=\(done.dropFirst("/tasks/".count))"),
            ("videos", "/videos"), ("video-new", "/videos/new"), ("video", video), ("acknowledgements", "/acknowledgements"),
            ("scripts", "/scripts"), ("script", scripts[0]), ("activity", "/activity"), ("connection", "/connection"),
            ("team", "/members"), ("audit", "/audit"),
            ("search", "/scripts?q=lamp+trail&language=en&tag=night+run"), ("script-bettered", scripts[1]),
            ("edit", scripts[1] + "/edit"), ("versions", scripts[1] + "/versions"), ("tags", "/scripts/tags"),
            ("trash", "/scripts/trash"), ("import", "/scripts/import"), ("prompter", scripts[1] + "/prompter"),
            ("shooting-sheet", "/scripts/print?script=\(scripts[1].dropFirst("/scripts/".count))"),
            ("error", "/nowhere"),
        ]
        return Tour(pages: pages, script: scripts[1], media: try await client.media(of: "odd-shape.mp4"))
    }

    private static func sortOut(_ scripts: [String], with client: Client) async throws {
        for text in [
            "Stop walking in the dark.\n\n[Close-up of the lamp]\n\nTrail Lamp 300: 58 grams, 30 hours.",
            "Stop fumbling in the dark.\n\nTrail Lamp 300: 58 grams, 30 hours on one charge. Walk on.",
        ] {
            var edit = try await client.form(at: scripts[1] + "/edit")
            try edit.fill(["text": text, "reason": "shorter, and it names the weight"])
            _ = try await client.submit(edit).destination
        }
        var note = try await client.form(at: scripts[1], action: scripts[1] + "/notes")
        try note.fill("note", "The second sentence is the hook: start with it in the fifteen-second cut.")
        _ = try await client.submit(note).destination
        let all = scripts.map { String($0.dropFirst("/scripts/".count)) }
        for (chosen, fields) in [
            (all, [("action", "tag"), ("tag", "night run")]), ([all[1]], [("action", "tag"), ("tag", "autumn")]),
            ([all[1]], [("star", all[1])]),
            ([all[1]], [("action", "approval"), ("approval", "review"), ("comment", "ready for the client")]),
            ([all[2]], [("action", "trash")]),
        ] {
            var form = try await client.form(at: "/scripts", action: "/scripts/sort")
            for name in ["tag", "approval", "comment", "format"] { form.remove(name) }
            for script in chosen { form.add("script", script) }
            for (name, value) in fields { form.forge(name, value) }
            _ = try await client.submit(form).destination
        }
    }
}
