import Testing

@testable import Web

@Suite struct `Partials` {
    @Test(arguments: [
        Example("is put in place", "'{{>part}}'", including: ["part": "from the part"], gives: "'from the part'"),
        Example("may be in a folder", "{{>rows/part}}", including: ["rows/part": "ok"], gives: "ok"),
        Example("knows the names around it", "{{>part}}", including: ["part": "*{{word}}*"], gives: "*text*"),
        Example(
            "knows the names of the row around it", "{{#rows}}{{>part}}{{/rows}}", including: ["part": "{{item}}{{word}} "],
            gives: "1text 2text "),
        Example("may include another", "{{>a}}", including: ["a": "a{{>b}}", "b": "b{{word}}"], gives: "abtext"),
        Example("may be there twice", "{{>a}}{{>a}}", including: ["a": "a"], gives: "aa"),
        Example("white space around stays", "| {{>part}} |", including: ["part": "\t|\t"], gives: "| \t|\t |"),
        Example("within a line nothing is indented", "  {{word}}  {{> part}}\n", including: ["part": ">\n>"], gives: "  text  >\n>\n"),
        Example("a line that ends in CR LF", "|\r\n{{>part}}\r\n|", including: ["part": ">"], gives: "|\r\n>|"),
        Example("alone, its lines are indented", "  {{>part}}\n>", including: ["part": ">\n>"], gives: "  >\n  >>"),
        Example("alone in the last line", ">\n  {{>part}}", including: ["part": ">\n>"], gives: ">\n  >\n  >"),
        Example(
            "values are not indented", "\\\n {{>part}}\n/\n", including: ["part": "|\n{{lines}}\n|\n"],
            gives: "\\\n |\n <\n->\n |\n/\n"),
        Example(
            "indentation adds up, and tags alone still take their lines", "a\n  {{>b}}\n",
            including: ["b": "b\n {{#rows}}\n <{{item}}>\n\t{{>c}}\n {{/rows}}\n", "c": "c\n"],
            gives: "a\n  b\n   <1>\n  \tc\n   <2>\n  \tc\n"),
        Example("white space in the tag does not matter", "|{{> part }}|", including: ["part": "[]"], gives: "|[]|"),
    ])
    func `a partial`(example: Example) throws {
        try example.expect(Sheet())
    }

    @Test func `a partial that includes itself stops the start`() {
        let included = ["node": "<li>\n{{>branch}}", "branch": "{{>node}}"]
        let error = startError("{{>node}}", including: included, for: Blank.self)
        #expect(error == "branch.html:1: 'node' is included without end: it leads back to itself")
    }
}

private struct Sheet: View {
    static var fields: [Field<Sheet>] {
        [
            .text("word") { _ in "text" },
            .html("lines") { _ in HTML(trusted: "<\n->") },
            .list("rows") { _ in [Row(item: "1"), Row(item: "2")] },
        ]
    }
}

private struct Row: View {
    let item: String

    static var fields: [Field<Row>] { [.text("item", \.item)] }
}
