import Foundation

/// What the tests ask for: the head lamp of the contract's examples.
enum Sample {
    static let image = "https://cdn.example.com/lamp.jpg"

    static let product = [
        "script_source": "PRODUCT",
        "product_info.name": "Trail Lamp 300",
        "product_info.brand": "Northbeam",
        "product_info.price": "39,90",
        "product_info.currency": "EUR",
        "product_info.description": "A head lamp for night runs: 300 lumens, 58 g, charges by USB-C.",
        "product_info.selling_points": "58 g light\n30 hours on one charge",
        "media_list.image_url_list": image,
        "script_generation_count": "3",
    ]
}

extension Client {
    /// An empty brief with the sample's product written into it and the notice acknowledged.
    func productBrief() async throws -> Form {
        var form = try await form(at: "/tasks/new")
        try form.fill(Sample.product)
        try form.tick("notice_acknowledged")
        return form
    }

    /// Asks for scripts; the new task's path.
    func askForScripts() async throws -> String {
        try await submit(productBrief()).destination
    }

    /// Hands videos in, and waits until each is ready.
    func upload(_ videos: [String]) async throws {
        var form = try await form(at: "/videos/new")
        try form.fill("video_url", videos.joined(separator: "\n"))
        try form.tick("notice_acknowledged")
        _ = try await submit(form).destination
        for video in videos {
            _ = try await eventually("\(video) is ready") { try await states(of: video) == ["ready"] ? true : nil }
        }
    }

    /// The states of the video rows that name this file.
    func states(of video: String) async throws -> [String] {
        let name = video.split(separator: "/").last.map { String($0) } ?? video
        let readable = name.removingPercentEncoding ?? name
        return try await get("/videos").page.rows.filter { $0.mentions(name) || $0.mentions(readable) }.compactMap { $0["data-state"] }
    }

    /// Waits for a task to stand in one of these states.
    @discardableResult func wait(for states: String..., at task: String, within limit: Duration = .seconds(60)) async throws -> Page {
        var state: String?
        return try await eventually("\(task) to be \(states), but it is \(state ?? "no task")", within: limit, every: .milliseconds(100)) {
            let page = try await get(task).page
            state = page.state
            return states.contains(page.state ?? "") ? page : nil
        }
    }
}

extension Page {
    /// The innermost elements with a state of their own: a list's rows.
    var rows: [Element] {
        root.all { element in
            element.name != "main" && element["data-state"] != nil
                && element.all.dropFirst().allSatisfy { $0["data-state"] == nil }
        }
    }
}

extension Element {
    /// In its text or in any attribute, such as a link's.
    func mentions(_ text: String) -> Bool {
        self.text.contains(text) || all.contains { $0.attributes.contains { $0.value.contains(text) } }
    }
}

/// The sandbox alone in the part of the live service, and the app that calls it.
struct Pair: Sendable {
    struct Stats: Decodable, Equatable {
        let uploads: Int
        let creates: Int
        let creates_refused: Int
    }

    static let token = "token-that-nobody-may-see-6f1d"

    let sandbox: Program
    var app: Program

    init(pace: Int = 2, appToken: String = token) async throws {
        sandbox = try await Program(.sandbox(token: Self.token, port: Program.Launch.steadyPort, ["--pace", String(pace)]))
        app = try await Program(Self.app(base: sandbox.address, token: appToken))
    }

    static func app(base: URL, token: String = token) throws -> Program.Launch {
        try .serve(
            ["--creates-per-minute", "60"],
            environment: ["TIKTOK_ACCESS_TOKEN": token, "TIKTOK_API_BASE": base.absoluteString, "TIKTOK_APP_ID": "app"])
    }

    var stats: Stats {
        get async throws {
            try JSONDecoder().decode(Stats.self, from: Data(try await sandbox.client.get("/control/stats").body))
        }
    }

    /// The accepted request bodies, byte by byte as they came, in one JSON list.
    var creates: String {
        get async throws { try await sandbox.client.get("/control/creates").text }
    }
}
