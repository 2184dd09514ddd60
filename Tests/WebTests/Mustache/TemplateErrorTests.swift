import Testing

@testable import Web

/// A template and the line that the start ends with.
struct Mistake: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let template: String
    let included: [String: String]
    let message: String

    init(_ says: String, _ template: String, including included: [String: String] = [:], stopsWith message: String) {
        testDescription = says
        self.template = template
        self.included = included
        self.message = message
    }
}

@Suite struct `What stops the start` {
    @Test(arguments: [
        Mistake(
            "three braces", "a\n{{{name}}}",
            stopsWith: "page.html:2: {{{ }}} does not exist here: a value of type HTML is inserted as it is, by {{ }}"),
        Mistake(
            "an ampersand", "{{& name}}",
            stopsWith: "page.html:1: {{& }} does not exist here: a value of type HTML is inserted as it is, by {{ }}"),
        Mistake("changed delimiters", "\r\n\n{{=<% %>=}}", stopsWith: "page.html:3: the delimiters cannot be changed"),
        Mistake("a tag without an end", "\n<p>{{name</p>\n", stopsWith: "page.html:2: {{ has no }}"),
        Mistake("a tag without a name", "{{ }}", stopsWith: "page.html:1: a tag needs one name, without white space in it"),
        Mistake("a section without a name", "{{#}}", stopsWith: "page.html:1: a tag needs one name, without white space in it"),
        Mistake("a name of two words", "{{the name}}", stopsWith: "page.html:1: a tag needs one name, without white space in it"),
        Mistake("an open section", "\n{{#yes}}\n\n", stopsWith: "page.html:2: {{#yes}} is not closed"),
        Mistake("an open block", "{{$a}}", stopsWith: "page.html:1: {{$a}} is not closed"),
        Mistake("an open parent", "\n{{<page}}", stopsWith: "page.html:2: {{<page}} is not closed"),
        Mistake("a tag that closes nothing", "{{/yes}}", stopsWith: "page.html:1: {{/yes}} closes nothing"),
        Mistake(
            "tags that cross", "{{#yes}}\n{{#rows}}\n{{/yes}}{{/rows}}",
            stopsWith: "page.html:3: {{/yes}} stands where {{#rows}} of line 2 is still open"),
        Mistake(
            "a block given twice", "{{<up}}{{$a}}{{/a}}\n{{$a}}{{/a}}{{/up}}", stopsWith: "page.html:2: {{$a}} is given twice to {{<up}}"),
        Mistake(
            "a tag between blocks", "{{<up}}\n{{name}}{{/up}}",
            stopsWith: "page.html:2: {{name}} is not shown here: only blocks belong in {{<up}}"),
    ])
    func `how a template is written`(mistake: Mistake) {
        #expect(startError(mistake.template, for: Sheet.self) == mistake.message)
    }

    @Test(arguments: [
        Mistake("a partial", "\n{{>nope}}", stopsWith: "page.html:2: there is no template 'nope'"),
        Mistake("a parent", "{{<nope}}{{/nope}}", stopsWith: "page.html:1: there is no template 'nope'"),
        Mistake("in a section never shown", "{{#no}}\n{{>nope}}{{/no}}", stopsWith: "page.html:2: there is no template 'nope'"),
        Mistake(
            "in a template that no page uses", "", including: ["other": "\n\n{{>nope}}"],
            stopsWith: "other.html:3: there is no template 'nope'"),
        Mistake(
            "a block", "{{<up}}\n{{$b}}{{/b}}{{/up}}", including: ["up": "{{$a}}{{$c}}{{/c}}{{/a}}"],
            stopsWith: "page.html:2: 'up' has no block 'b': it has a, c"),
        Mistake(
            "a block where there are none", "{{<up}}{{$b}}{{/b}}{{/up}}", including: ["up": "."],
            stopsWith: "page.html:1: 'up' has no block 'b': it has none"),
        Mistake(
            "in what replaces a block", "{{<up}}{{$a}}\n{{>nope}}{{/a}}{{/up}}", including: ["up": "{{$a}}{{/a}}"],
            stopsWith: "page.html:2: there is no template 'nope'"),
    ])
    func `what does not exist among templates`(mistake: Mistake) {
        #expect(startError(mistake.template, including: mistake.included, for: Sheet.self) == mistake.message)
    }

    @Test(arguments: [
        Mistake("a variable", "\n{{nam}}", stopsWith: "page.html:2: no 'nam' in reach: Sheet has name, yes, no, tags, rows"),
        Mistake(
            "in a row", "{{#rows}}\n{{nam}}{{/rows}}",
            stopsWith: "page.html:2: no 'nam' in reach: Row has item; Sheet has name, yes, no, tags, rows"),
        Mistake(
            "in a section never shown", "{{#no}}{{nam}}{{/no}}",
            stopsWith: "page.html:1: no 'nam' in reach: Sheet has name, yes, no, tags, rows"),
        Mistake("of a section", "{{#non}}{{/non}}", stopsWith: "page.html:1: no 'non' in reach: Sheet has name, yes, no, tags, rows"),
        Mistake(
            "of an inverted section", "{{^non}}{{/non}}", stopsWith: "page.html:1: no 'non' in reach: Sheet has name, yes, no, tags, rows"),
        Mistake(
            "in a partial", "\n{{>part}}", including: ["part": "\n\n{{nam}}"],
            stopsWith: "part.html:3: no 'nam' in reach: Sheet has name, yes, no, tags, rows"),
        Mistake(
            "in what replaces a block", "{{<up}}\n{{$a}}{{nam}}{{/a}}{{/up}}", including: ["up": "{{$a}}{{/a}}"],
            stopsWith: "page.html:2: no 'nam' in reach: Sheet has name, yes, no, tags, rows"),
        Mistake(
            "of a row, outside of it", "{{#rows}}{{/rows}}{{item}}",
            stopsWith: "page.html:1: no 'item' in reach: Sheet has name, yes, no, tags, rows"),
        Mistake("with an empty part", "{{name.}}", stopsWith: "page.html:1: 'name' is not a view and has no ''"),
        Mistake("of a text", "{{name.first}}", stopsWith: "page.html:1: 'name' is not a view and has no 'first'"),
        Mistake("of a list", "{{rows.item}}", stopsWith: "page.html:1: a list has no 'item' of its own, only its rows have"),
        Mistake(
            "of an absent view", "{{>part}}", including: ["part": "{{.}}"],
            stopsWith: "part.html:1: '.' stands for a view here: Sheet has name, yes, no, tags, rows"),
    ])
    func `names that are not known`(mistake: Mistake) {
        #expect(startError(mistake.template, including: mistake.included, for: Sheet.self) == mistake.message)
    }

    @Test(arguments: [
        Mistake("a flag", "{{yes}}", stopsWith: "page.html:1: 'yes' is a flag, which is not a text"),
        Mistake(
            "the flag of a section", "{{#tags}}{{#yes}}{{.}}{{/yes}}{{/tags}}", stopsWith: "page.html:1: '.' is a flag, which is not a text"
        ),
        Mistake("texts", "{{tags}}", stopsWith: "page.html:1: 'tags' is a list of texts, to be shown by a section"),
        Mistake("a list", "{{rows}}", stopsWith: "page.html:1: 'rows' is a view or a list of views, to be shown by a section"),
    ])
    func `values that are no text`(mistake: Mistake) {
        #expect(startError(mistake.template, for: Sheet.self) == mistake.message)
    }

    @Test func `own content that is always replaced need not fit the page`() {
        #expect(startError("{{<up}}{{$a}}{{/a}}{{/up}}", including: ["up": "{{$a}}{{nam}}{{/a}}"], for: Sheet.self) == nil)
    }
}

private struct Sheet: View {
    static var fields: [Field<Sheet>] {
        [
            .text("name") { _ in "" },
            .flag("yes") { _ in true },
            .flag("no") { _ in false },
            .texts("tags") { _ in [] },
            .list("rows") { _ in [Row]() },
        ]
    }
}

private struct Row: View {
    static var fields: [Field<Row>] { [.text("item") { _ in "" }] }
}
