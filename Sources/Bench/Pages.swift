extension Request {
    /// The style sheet of every page, under the name that may be kept for ever.
    static func stylesheet(port: Int) throws -> Request {
        let page = try Exchange.fetch("/", port: port).text
        guard let link = page.split(separator: "\"").first(where: { $0.hasPrefix("/public/") && $0.hasSuffix(".css") }) else {
            throw BenchError("the page has no style sheet")
        }
        return .get(String(link))
    }

    /// A brief as a browser sends it, with the key that this program's forms have; each is another one.
    static func brief(port: Int) throws -> Request {
        let page = try Exchange.fetch("/tasks/new", port: port).text
        guard let mark = page.firstRange(of: "name=\"csrf_token\" value=\"") else { throw BenchError("the form has no key") }
        let fields = [
            ("csrf_token", String(page[mark.upperBound...].prefix { $0 != "\"" })), ("submission_id", "bench-" + placeholder),
            ("script_source", "PRODUCT"), ("product_info.name", "Trail+Lamp+300"), ("product_info.brand", "Northbeam"),
            ("product_info.price", "39.90"), ("product_info.currency", "EUR"),
            ("product_info.description", "A+head+lamp+for+night+runs%2C+58+g%2C+30+hours+on+one+charge."),
            ("product_info.selling_points", "58+g+light%0D%0A30+hours+on+one+charge"),
            ("media_list.image_url_list", "https%3A%2F%2Fcdn.example.com%2Flamp.jpg"), ("notice_acknowledged", "yes"),
            ("script_info.script_language", "en"), ("script_generation_count", "4"),
        ]
        return .post("/tasks/new", form: fields.map { "\($0)=\($1)" }.joined(separator: "&"))
    }
}
