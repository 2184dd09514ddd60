import Testing

@testable import Web

@Suite struct `Sections` {
    @Test(arguments: [
        Example("shown when a flag is true", "'{{#yes}}shown{{/yes}}'", gives: "'shown'"),
        Example("left out when a flag is false", "'{{#no}}shown{{/no}}'", gives: "''"),
        Example("left out when there is no view", "'{{#nothing}}shown{{/nothing}}'", gives: "''"),
        Example("inside a view, its fields have names", "{{#top}}Hi {{name}}.{{/top}}", gives: "Hi A."),
        Example("what a view lacks is looked up around it", "{{#top}}{{name}} {{word}}{{/top}}", gives: "A foo"),
        Example("a text that is not empty is shown", "{{#word}}{{.}} is {{word}}{{/word}}", gives: "foo is foo"),
        Example("a text that is empty is not", "[{{#empty}}shown{{/empty}}]", gives: "[]"),
        Example("the same of markup", "{{#markup}}{{.}}{{/markup}}{{#noMarkup}}shown{{/noMarkup}}", gives: "<b>"),
        Example("a list shows each of its views", "'{{#rows}}{{item}}{{/rows}}'", gives: "'123'"),
        Example("an empty list shows nothing", "'{{#noRows}}shown{{/noRows}}'", gives: "''"),
        Example("texts are shown one by one", "{{#letters}}({{.}}){{/letters}}", gives: "(a)(&lt;)(c)"),
        Example("no texts show nothing", "[{{#noLetters}}shown{{/noLetters}}]", gives: "[]"),
        Example("an empty one among texts is still one", "{{#gaps}}({{.}}){{/gaps}}", gives: "(a)()"),
        Example("a text's own section", "{{#gaps}}({{#.}}{{.}}!{{/.}}{{^.}}none{{/.}}){{/gaps}}", gives: "(a!)(none)"),
        Example(
            "what is around a row is in reach at any depth",
            "{{#top}}{{#middles}}{{name}}{{mname}}.{{#bottoms}}{{name}}{{mname}}{{bname}}{{word}}.{{/bottoms}}{{/middles}}{{/top}}",
            gives: "Am1.Am1xfoo.Am1yfoo.Am2.Am2xfoo.Am2yfoo."),
        Example(
            "a list from around is in reach", "{{#top}}{{#letters}}{{name}}{{.}}{{#rows}}{{item}}{{/rows}};{{/letters}}{{/top}}",
            gives: "Aa123;A&lt;123;Ac123;"),
        Example("a dotted name from around", "{{#rows}}{{top.name}}{{item}}{{/rows}}", gives: "A1A2A3"),
        Example(
            "the innermost of two names counts", "{{#top}}{{#middles}}{{both}}{{/middles}}{{both}}{{/top}}{{both}}",
            gives: "middlemiddletoppage"),
        Example(
            "more than one in a template", "{{#yes}}\n* first\n{{/yes}}\n* {{word}}\n{{#yes}}\n* third\n{{/yes}}\n",
            gives: "* first\n* foo\n* third\n"),
        Example("one in another", "| A {{#yes}}B {{#yes}}C{{/yes}} D{{/yes}} E |", gives: "| A B C D E |"),
        Example("one in another, left out", "| A {{#no}}B {{#no}}C{{/no}} D{{/no}} E |", gives: "| A  E |"),
        Example("a flag leaves the names alone", "{{#top}}{{#yes}}{{name}}{{word}}{{/yes}}{{/top}}", gives: "Afoo"),
    ])
    func `a section`(example: Example) throws {
        try example.expect(Board())
    }

    @Test(arguments: [
        Example("shown when a flag is false", "'{{^no}}shown{{/no}}'", gives: "'shown'"),
        Example("left out when a flag is true", "'{{^yes}}shown{{/yes}}'", gives: "''"),
        Example("shown when there is no view", "'{{^nothing}}shown{{/nothing}}'", gives: "'shown'"),
        Example("left out when there is one", "'{{^top}}shown{{/top}}'", gives: "''"),
        Example("left out when a text is not empty", "'{{^word}}shown{{/word}}'", gives: "''"),
        Example("shown when a text is empty", "'{{^empty}}shown{{/empty}}'", gives: "'shown'"),
        Example("the same of markup", "{{^markup}}a{{/markup}}{{^noMarkup}}b{{/noMarkup}}", gives: "b"),
        Example("left out when a list has rows", "'{{^rows}}{{word}}{{/rows}}'", gives: "''"),
        Example("shown when a list is empty", "'{{^noRows}}none{{/noRows}}'", gives: "'none'"),
        Example("the same of texts", "{{^letters}}a{{/letters}}{{^noLetters}}b{{/noLetters}}", gives: "b"),
        Example(
            "more than one in a template", "{{^no}}\n* first\n{{/no}}\n* {{word}}\n{{^no}}\n* third\n{{/no}}\n",
            gives: "* first\n* foo\n* third\n"),
        Example("one in another", "| A {{^no}}B {{^no}}C{{/no}} D{{/no}} E |", gives: "| A B C D E |"),
        Example("one in another, left out", "| A {{^yes}}B {{^yes}}C{{/yes}} D{{/yes}} E |", gives: "| A  E |"),
        Example("its names are those around it", "{{#top}}{{^no}}{{name}}{{word}}{{/no}}{{/top}}", gives: "Afoo"),
        Example("after a section of the same name", "{{#rows}}{{item}}{{/rows}}{{^rows}}none{{/rows}}.", gives: "123."),
    ])
    func `an inverted section`(example: Example) throws {
        try example.expect(Board())
    }

    @Test(arguments: ["#yes", "^no"])
    func `white space and lines`(tag: String) throws {
        let (open, close) = ("{{\(tag)}}", "{{/\(tag.dropFirst())}}")
        let padded = "{{\(tag.prefix(1)) \(tag.dropFirst()) }}={{/ \(tag.dropFirst()) }}"
        let examples = [
            Example("white space around stays", " | \(open)\t|\t\(close) | \n", gives: " | \t|\t | \n"),
            Example("white space inside stays", " | \(open) {{! note }}\n \(close) | \n", gives: " |  \n  | \n"),
            Example("within a line nothing is taken", " \(open)YES\(close)\n \(open)GOOD\(close)\n", gives: " YES\n GOOD\n"),
            Example("a tag alone takes its line", "| This\n\(open)\n|\n\(close)\n| Line\n", gives: "| This\n|\n| Line\n"),
            Example("however far in", "| This\n  \(open)\n|\n\t\(close)\n| Line\n", gives: "| This\n|\n| Line\n"),
            Example("and whatever white space follows", "|\n\(open) \t\n|\n\(close)  \n|\n", gives: "|\n|\n|\n"),
            Example("lines may end in CR LF", "|\r\n\(open)\r\n\(close)\r\n|", gives: "|\r\n|"),
            Example("the first line is one", "  \(open)\n#\(close)\n/", gives: "#\n/"),
            Example("the last line is one", "#\(open)\n/\n  \(close)", gives: "#\n/\n"),
            Example("two tags in a line leave it", "\(open)\(close)\n", gives: "\n"),
            Example("white space in the tags does not matter", "|\(padded)|", gives: "|=|"),
        ]
        for example in examples { try example.expect(Board()) }
    }
}

@Suite struct `Comments` {
    @Test(arguments: [
        Example("is left out", "12345{{! a comment }}67890", gives: "1234567890"),
        Example("may take lines", "12345{{!\n  a\n  comment...\n}}67890\n", gives: "1234567890\n"),
        Example("takes its line", "Begin.\n{{! a comment }}\nEnd.\n", gives: "Begin.\nEnd.\n"),
        Example("takes its line, however far in", "Begin.\n  {{! a comment }}\nEnd.\n", gives: "Begin.\nEnd.\n"),
        Example("takes a line that ends in CR LF", "|\r\n{{! a comment }}\r\n|", gives: "|\r\n|"),
        Example("takes the first line", "  {{! a comment }}\n!", gives: "!"),
        Example("takes the last line", "!\n  {{! a comment }}", gives: "!\n"),
        Example("takes its lines", "Begin.\n  {{!\n    a comment\n  }}\nEnd.\n", gives: "Begin.\nEnd.\n"),
        Example("leaves the line of others", "  12 {{! 34 }}\n", gives: "  12 \n"),
        Example("leaves white space around it", "12345 {{! a comment }} 67890", gives: "12345  67890"),
        Example("may hold the name of nothing", "{{!nothing}}{{!}}{{! {{#x }}", gives: ""),
    ])
    func `a comment`(example: Example) throws {
        try example.expect(Blank())
    }
}

private struct Board: View {
    static var fields: [Field<Board>] {
        [
            .flag("yes") { _ in true },
            .flag("no") { _ in false },
            .text("word") { _ in "foo" },
            .text("empty") { _ in "" },
            .text("both") { _ in "page" },
            .html("markup") { _ in HTML(trusted: "<b>") },
            .html("noMarkup") { _ in HTML(trusted: "") },
            .texts("letters") { _ in ["a", "<", "c"] },
            .texts("gaps") { _ in ["a", ""] },
            .texts("noLetters") { _ in [] },
            .list("rows") { _ in ["1", "2", "3"].map(Row.init) },
            .list("noRows") { _ in [Row]() },
            .section("top") { _ in Top() },
            .section("nothing") { _ in Top?.none },
        ]
    }
}

private struct Row: View {
    let item: String

    static var fields: [Field<Row>] { [.text("item", \.item)] }
}

private struct Top: View {
    static var fields: [Field<Top>] {
        [
            .text("name") { _ in "A" },
            .text("both") { _ in "top" },
            .list("middles") { _ in [Middle(name: "m1"), Middle(name: "m2")] },
        ]
    }
}

private struct Middle: View {
    let name: String

    static var fields: [Field<Middle>] {
        [
            .text("mname", \.name),
            .text("both") { _ in "middle" },
            .list("bottoms") { _ in [Bottom(name: "x"), Bottom(name: "y")] },
        ]
    }
}

private struct Bottom: View {
    let name: String

    static var fields: [Field<Bottom>] { [.text("bname", \.name)] }
}
