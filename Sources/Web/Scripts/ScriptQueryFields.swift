import Domain
import HTTP

/// A query as it stands in an address: the same names on the page, in the JSON API and in downloads.
enum QueryField: String, CaseIterable, Sendable {
    case text = "q"
    case language, source, product, brand, tone, style, industry, author, task, tag, starred, approval, from, to
}

extension ScriptQuery {
    /// Reads all it can; what cannot be read is a mistake and filters nothing.
    /// - Parameter fields: empty values count as absent, as a form sends them.
    init(_ fields: FormData, mistakes: inout [QueryMistake]) {
        self.init()
        var reader = QueryReader(fields)
        text = reader.text
        language = reader.read(QueryField.language, QueryReader.languages) { LanguageFilter(word: $0) }
        source = reader.read(QueryField.source, "Choose product, prompt or account.") { Source(rawValue: $0) }
        for facet in Facet.allCases { self[facet] = reader.value(facet) }
        author = reader.read(QueryField.author, QueryReader.author) { Member.ID(decimal: $0) }
        task = reader.read(QueryField.task, "A task is a number.") { GenerationTask.ID(decimal: $0) }
        tags = fields.values(QueryField.tag.rawValue).map(\.trimmed).filter { !$0.isEmpty }
        isStarred =
            reader.read(QueryField.starred, "Write 1, or leave it out.") { ["1", "yes", "true"].contains($0) ? true : nil } ?? false
        approval = reader.read(QueryField.approval, "Choose draft, review, approved or changes.") { Approval(rawValue: $0) }
        (from, to) = reader.days()
        mistakes += reader.mistakes
    }

    /// The names and values of its address, in the order of the form.
    var fields: [(field: QueryField, value: String)] {
        var fields: [(QueryField, String)] = []
        func add(_ field: QueryField, _ value: String?) {
            if let value, !value.isEmpty { fields.append((field, value)) }
        }
        add(.text, text)
        add(.language, language?.word)
        add(.source, source?.rawValue)
        for facet in Facet.allCases { if let field = QueryField(rawValue: facet.rawValue) { add(field, self[facet]) } }
        add(.author, author.map { "\($0)" })
        add(.task, task.map { "\($0)" })
        for tag in tags { add(.tag, tag) }
        add(.starred, isStarred ? "1" : nil)
        add(.approval, approval?.rawValue)
        add(.from, from?.text)
        add(.to, to?.text)
        return fields
    }

    /// What stands after the path: empty for a query that asks for nothing, else from the question mark on.
    /// - Parameter more: what the address says beside the query.
    func address(_ more: [(name: String, value: String)] = []) -> String {
        let pairs = fields.map { ($0.field.rawValue, $0.value) } + more.map { ($0.name, $0.value) }
        if pairs.isEmpty { return "" }
        return "?" + pairs.map { "\($0.0)=\($0.1.queryEncoded)" }.joined(separator: "&")
    }

    /// The same query with one of its filters left out.
    func without(_ field: QueryField, _ value: String) -> ScriptQuery {
        var query = self
        switch field {
        case .text: query.text = ""
        case .language: query.language = nil
        case .source: query.source = nil
        case .product: query.product = nil
        case .brand: query.brand = nil
        case .tone: query.tone = nil
        case .style: query.style = nil
        case .industry: query.industry = nil
        case .author: query.author = nil
        case .task: query.task = nil
        case .tag: query.tags.removeAll { $0 == value }
        case .starred: query.isStarred = false
        case .approval: query.approval = nil
        case .from: query.from = nil
        case .to: query.to = nil
        }
        return query
    }
}

extension String {
    /// For a name or a value of a query (WHATWG URL §5.2): what is neither a letter, a digit nor one of a few marks by its bytes.
    var queryEncoded: String {
        var result: [UInt8] = []
        for byte in utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "*"):
                result.append(byte)
            case UInt8(ascii: " "):
                result.append(UInt8(ascii: "+"))
            case _:
                let digits = Array("0123456789ABCDEF".utf8)
                result += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
