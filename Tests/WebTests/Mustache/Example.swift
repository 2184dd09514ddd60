import Testing

@testable import Web

/// A template, what it includes, and the page it gives.
struct Example: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let template: String
    let included: [String: String]
    let page: String

    init(_ says: String, _ template: String, including included: [String: String] = [:], gives page: String) {
        testDescription = says
        self.template = template
        self.included = included
        self.page = page
    }

    func expect(_ view: some View, sourceLocation: SourceLocation = #_sourceLocation) throws {
        #expect(try render(template, including: included, view) == page, sourceLocation: sourceLocation)
    }
}

func render<V: View>(_ template: String, including included: [String: String] = [:], _ view: V) throws -> String {
    let library = try TemplateLibrary(included.merging(["page": template]) { $1 })
    return String(decoding: try library.page("page", for: V.self).render(view), as: UTF8.self)
}

/// The message of the error that stops the start.
func startError<V: View>(_ template: String, including included: [String: String] = [:], for view: V.Type) -> String? {
    do throws(TemplateError) {
        _ = try TemplateLibrary(included.merging(["page": template]) { $1 }).page("page", for: V.self)
        return nil
    } catch {
        return error.description
    }
}

/// A view for templates that name nothing.
struct Blank: View {
    static var fields: [Field<Blank>] { [] }
}
