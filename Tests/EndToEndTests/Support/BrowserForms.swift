import Foundation

/// Filling in a form as a person does, and taking photographs.
extension Browser {
    /// Types into a field, or picks from a list or a row of radios.
    func fill(_ name: String, _ value: String) async throws {
        let control = "[name='\(name)']"
        _ = try await one(control)
        if try await !all("select\(control)").isEmpty {
            try await click(one("select\(control) option[value='\(value)']"))
        } else if try await !all("input[type=radio]\(control)").isEmpty {
            try await choose(name, value)
        } else {
            try await type(value, into: one(control))
        }
    }

    /// Ticks a box or radio, by its label where the control itself is hidden under it.
    func choose(_ name: String, _ value: String? = nil) async throws {
        let control = "[name='\(name)']" + (value.map { "[value='\($0)']" } ?? "")
        let found = try await one(control)
        if try await isSelected(found) { return }
        do {
            try await click(found)
        } catch let refusal as ChromeDriver.Refusal {
            let input = "input[@name='\(name)'" + (value.map { " and @value='\($0)'" } ?? "") + "]"
            guard let label = try await all(xpath: "//label[.//\(input) or @for=//\(input)/@id]").first else { throw refusal }
            try await click(label)
        }
        guard try await isSelected(found) else { throw Failure("\(control) was clicked and is not chosen") }
    }

    /// Clicks the button of the form that this control belongs to.
    func submit(formOf name: String) async throws {
        let form = "//form[.//*[@name='\(name)']]"
        let buttons = ["//button[contains(@class, 'primary')]", "//button[not(@type) or @type='submit']"]
        var found: Found?
        for button in buttons where found == nil { found = try await all(xpath: form + button).first }
        guard let found else { throw Failure("no button beside \(name)") }
        try await click(found)
    }

    enum Scheme: String, CaseIterable, Sendable {
        case light
        case dark
    }

    func show(width: Int, scheme: Scheme) async throws {
        let metrics: JSON = ["width": .number(width), "height": 800, "deviceScaleFactor": 1, "mobile": false]
        let _: Nothing = try await command("Emulation.setDeviceMetricsOverride", metrics)
        let colours: JSON = ["name": "prefers-color-scheme", "value": .text(scheme.rawValue)]
        // What fades in is there at once: half faded, it has neither its colour nor its contrast.
        let motion: JSON = ["name": "prefers-reduced-motion", "value": "reduce"]
        let _: Nothing = try await command("Emulation.setEmulatedMedia", ["features": [colours, motion]])
    }

    /// The whole page as PNG, from its top to its end.
    func photograph() async throws -> Data {
        struct Picture: Decodable {
            let data: String
        }
        let picture = try await command("Page.captureScreenshot", ["captureBeyondViewport": true], as: Picture.self)
        guard let png = Data(base64Encoded: picture.data) else { throw Failure("no picture") }
        return png
    }
}
