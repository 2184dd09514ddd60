import Testing

@testable import Web

@Suite struct `Interpolation` {
    @Test(arguments: [
        Example("markup without tags stays", "Hello from {Mustache}!\n", gives: "Hello from {Mustache}!\n"),
        Example("a name gives its text", "Hello, {{word}}!\n", gives: "Hello, world!\n"),
        Example("text is escaped", "{{special}}", gives: "&amp; &quot; &lt; &gt; &#39;"),
        Example("markup is inserted as it is", "{{markup}}", gives: "<b>&amp;</b>"),
        Example("a brace after the tag stays", "{{word}}}", gives: "world}"),
        Example("an empty text gives nothing", "[{{empty}}]", gives: "[]"),
        Example("the text's own tags are text", "{{tag}}", gives: "{{word}}"),
        Example("white space around stays", "| {{word}} |", gives: "| world |"),
        Example("a variable has no line to itself", "  {{word}}\n", gives: "  world\n"),
        Example("white space in the tag does not matter", "|{{ word }}|{{\tword\n}}|", gives: "|world|world|"),
        Example("characters of four bytes stay whole", "{{faces}} – 🎬 {{word}}", gives: "🎭&lt;👩‍🎤&gt;🎥 – 🎬 world"),
        Example("a long text is escaped throughout", "{{long}}", gives: String(repeating: "0123456789 &amp; ", count: 40)),
    ])
    func `a variable`(example: Example) throws {
        try example.expect(Words())
    }

    @Test(arguments: [
        Example("is short for a section", "{{person.name}} = {{#person}}{{name}}{{/person}}", gives: "Joe = Joe"),
        Example("goes to any depth", "{{a.b.c.name}}", gives: "Phil"),
        Example("gives nothing where the chain is broken", "[{{none.b.c.name}}]", gives: "[]"),
        Example("has its first part looked up inside first", "{{#a}}{{b.c.name}}{{/a}}", gives: "Phil"),
        Example("has its first part looked up outside then", "{{#a}}{{person.name}}{{/a}}", gives: "Joe"),
        Example("is of the same kind as its last part", "{{person.mark}}", gives: "<i>"),
        Example("can open a section", "{{#a.b.shown}}here{{/a.b.shown}}", gives: "here"),
        Example("can open a section of a view", "{{#a.b.c}}{{name}}{{/a.b.c}}", gives: "Phil"),
        Example("can open a section of rows", "{{#person.friends}}{{name}},{{/person.friends}}", gives: "Ann,Bo,"),
        Example("can open a section of texts", "{{#person.tags}}{{.}},{{/person.tags}}", gives: "x,y,"),
        Example("is false where the chain is broken", "{{#none.b.shown}}here{{/none.b.shown}}", gives: ""),
        Example("is false where the chain is broken, inverted", "{{^none.b.shown}}here{{/none.b.shown}}", gives: "here"),
        Example("finds no rows where the chain is broken", "[{{#nobody.friends}}{{name}}{{/nobody.friends}}]", gives: "[]"),
        Example("finds no texts where the chain is broken", "[{{#nobody.tags}}{{.}}{{/nobody.tags}}]", gives: "[]"),
        Example("finds no markup where the chain is broken", "[{{nobody.mark}}]", gives: "[]"),
        Example("stays in the innermost view with a dot before it", "{{#a}}{{.b.c.name}}{{/a}}", gives: "Phil"),
    ])
    func `a dotted name`(example: Example) throws {
        try example.expect(Chain())
    }

    @Test func `a dotted name never leaves what its first part stands for`() {
        #expect(startError("{{#a}}{{b.name}}{{/a}}", for: Chain.self) == "page.html:1: no 'name' there: B has shown, c")
        #expect(startError("{{a.person}}", for: Chain.self) == "page.html:1: no 'person' there: A has b")
        #expect(startError("{{#a}}{{.person.name}}{{/a}}", for: Chain.self)?.hasPrefix("page.html:1: no '.person.name' in reach") == true)
    }
}

private struct Words: View {
    static var fields: [Field<Words>] {
        [
            .text("word") { _ in "world" },
            .text("special") { _ in #"& " < > '"# },
            .html("markup") { _ in HTML(trusted: "<b>&amp;</b>") },
            .text("empty") { _ in "" },
            .text("tag") { _ in "{{word}}" },
            .text("faces") { _ in "🎭<👩‍🎤>🎥" },
            .text("long") { _ in String(repeating: "0123456789 & ", count: 40) },
        ]
    }
}

private struct Chain: View {
    static var fields: [Field<Chain>] {
        [
            .section("person") { _ in Person(name: "Joe") },
            .section("nobody") { _ in Person?.none },
            .section("a") { _ in A() },
            .section("none") { _ in A?.none },
            .section("b") { _ in Person(name: "wrong") },
        ]
    }
}

private struct Person: View {
    let name: String

    static var fields: [Field<Person>] {
        [
            .text("name", \.name),
            .html("mark") { _ in HTML(trusted: "<i>") },
            .texts("tags") { _ in ["x", "y"] },
            .list("friends") { _ in [Person(name: "Ann"), Person(name: "Bo")] },
        ]
    }
}

private struct A: View {
    static var fields: [Field<A>] { [.section("b") { _ in B() }] }
}

private struct B: View {
    static var fields: [Field<B>] { [.flag("shown") { _ in true }, .section("c") { _ in C() }] }
}

private struct C: View {
    static var fields: [Field<C>] { [.text("name") { _ in "Phil" }] }
}
