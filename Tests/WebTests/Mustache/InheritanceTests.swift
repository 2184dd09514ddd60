import Testing

@testable import Web

@Suite struct `Inheritance` {
    @Test(arguments: [
        Example("shows its own content", "{{$title}}Default{{/title}}\n", gives: "Default\n"),
        Example("has names in its own content", "{{$a}}one {{word}} more{{/a}}\n", gives: "one baz more\n"),
        Example("has sections in its own content", "{{$a}}{{#row}}{{item}}{{/row}}{{^no}}!{{/no}}{{/a}}", gives: "qux!"),
        Example("keeps its own content in a parent", "{{<up}}{{/up}}\n", including: ["up": "{{$a}}own{{/a}}"], gives: "own"),
        Example("is replaced", "{{<up}}{{$a}}new{{/a}}{{/up}}", including: ["up": "..{{$a}}own{{/a}}.."], gives: "..new.."),
        Example("is no name of a value", "{{<up}}{{$word}}new{{/word}}{{/up}}", including: ["up": "{{$word}}own{{/word}}"], gives: "new"),
        Example(
            "is replaced in one place and in another otherwise",
            "test {{<up}}{{$a}}1{{/a}}{{/up}} {{<up}}{{$a}}2{{/a}}{{/up}}\n",
            including: ["up": "|{{$a}}..{{/a}}{{$b}} own{{/b}}|"], gives: "test |1 own| |2 own|\n"),
        Example(
            "is one of two that is replaced", "{{<up}}{{$b}}new{{/b}}{{/up}}", including: ["up": "{{$a}}own{{/a}}, {{$b}}own{{/b}}"],
            gives: "own, new"),
        Example("is unchanged in a partial", "{{>up}}|{{<up}}{{/up}}", including: ["up": "{{$a}}own{{/a}}"], gives: "own|own"),
        Example(
            "is replaced through a partial", "{{<up}}{{$a}}new{{/a}}{{/up}}", including: ["up": "{{>part}}", "part": "{{$a}}own{{/a}}"],
            gives: "new"),
        Example(
            "has in its new content the names of its place", "{{<up}}{{$a}}{{item}}{{word}}{{/a}}{{/up}}",
            including: ["up": "{{#row}}{{$a}}{{/a}}{{/row}}"], gives: "quxbaz"),
        Example(
            "stands among text that is not shown", "{{<up}} lorem {{! note }} {{$a}}new{{/a}} ipsum {{/up}}",
            including: ["up": "{{$a}}own{{/a}}"], gives: "new"),
        Example("leaves text that is not shown", "{{<up}} lorem { ipsum {{/up}}", including: ["up": "{{$a}}own{{/a}}"], gives: "own"),
        Example("may hold a block", "{{<up}}{{$b}}new{{/b}}{{/up}}", including: ["up": "{{$a}}<{{$b}}own{{/b}}>{{/a}}"], gives: "<new>"),
    ])
    func `a block`(example: Example) throws {
        try example.expect(Words())
    }

    @Test(arguments: [
        Example(
            "the outermost replacement counts", "{{<parent}}{{$a}}c{{/a}}{{/parent}}",
            including: [
                "parent": "{{<older}}{{$a}}p{{/a}}{{/older}}", "older": "{{<oldest}}{{$a}}o{{/a}}{{/oldest}}", "oldest": "{{$a}}g{{/a}}",
            ],
            gives: "c"),
        Example(
            "without it, the next one", "{{<parent}}{{/parent}}",
            including: [
                "parent": "{{<older}}{{$a}}p{{/a}}{{/older}}", "older": "{{<oldest}}{{$a}}o{{/a}}{{/oldest}}", "oldest": "{{$a}}g{{/a}}",
            ],
            gives: "p"),
        Example(
            "a parent may come back if it comes to an end", "{{<up}}{{$foo}}new{{/foo}}{{/up}}",
            including: [
                "up": "{{$foo}}own{{/foo}} {{$bar}}{{<up2}}{{/up2}}{{/bar}}",
                "up2": "{{$foo}}own of 2{{/foo}} {{<up}}{{$bar}}the end{{/bar}}{{/up}}",
            ],
            gives: "new new new the end"),
        Example(
            "a replacement may use a parent with a block of the same name",
            "{{<layout}}{{$main}}{{<card}}{{$main}}inner{{/main}}{{/card}}{{/main}}{{/layout}}",
            including: ["layout": "<{{$main}}{{/main}}>", "card": "[{{$main}}{{/main}}]"], gives: "<[inner]>"),
        Example(
            "a replacement does not reach into what another one includes",
            "{{<layout}}{{$title}}new{{/title}}{{$main}}{{>card}}{{/main}}{{/layout}}",
            including: ["layout": "{{$title}}{{/title}}<{{$main}}{{/main}}>", "card": "{{$title}}own{{/title}}"], gives: "new<own>"),
        Example(
            "a replacement may hold blocks that its own child replaces", "{{<middle}}{{$inner}}new{{/inner}}{{/middle}}",
            including: ["middle": "{{<up}}{{$outer}}({{$inner}}own{{/inner}}){{/outer}}{{/up}}", "up": "<{{$outer}}{{/outer}}>"],
            gives: "<(new)>"),
    ])
    func `parents of parents`(example: Example) throws {
        try example.expect(Blank())
    }

    @Test(arguments: [
        Example(
            "new content keeps its lines", "{{<up}}{{$a}}\npeaked\n\n:(\n{{/a}}{{/up}}", including: ["up": "{{$a}}own{{/a}}"],
            gives: "peaked\n\n:(\n"),
        Example(
            "new content in a line", "{{<up}}{{$a}}hammer{{/a}}{{/up}}", including: ["up": "stop:\n  {{$a}}own{{/a}}\n"],
            gives: "stop:\n  hammer\n"),
        Example("a parent alone is indented", "Hi,\n  {{<up}}{{/up}}\n", including: ["up": "one\ntwo\n"], gives: "Hi,\n  one\n  two\n"),
        Example(
            "a parent of many lines takes them all", "Hi,\n{{<up}}\n  {{$a}}\n  new\n  {{/a}}\n{{/up}}\nbye\n",
            including: ["up": "<{{$a}}{{/a}}>\n"], gives: "Hi,\n<new\n>\nbye\n"),
        Example(
            "new lines are indented as their place is", "{{<up}}{{$a}}\none\ntwo{{/a}}\n{{/up}}\n",
            including: ["up": "Hi,\n  {{$a}}{{/a}}\n"], gives: "Hi,\n  one\n  two\n"),
        Example(
            "new lines lose the indentation they have", "{{<up}}{{$a}}\n    one\n    two\n{{/a}}{{/up}}\n",
            including: ["up": "Hi,\n  {{$a}}\n  {{/a}}\n"], gives: "Hi,\n  one\n  two\n"),
        Example(
            "new lines are indented as those they replace", "{{<up}}{{$a}}\none\ntwo\n{{/a}}{{/up}}\n",
            including: ["up": "Hi,\n{{$a}}\n  own\n{{/a}}\n"], gives: "Hi,\n  one\n  two\n"),
        Example(
            "a block in a block is indented within it", "{{<up}}{{$b}}\nthree\n{{/b}}{{/up}}\n",
            including: ["up": "{{<top}}{{$a}}\n  one\n  {{$b}}\n    two\n  {{/b}}\n{{/a}}{{/top}}\n", "top": "{{$a}}own{{/a}}"],
            gives: "one\n  three\n"),
        Example(
            "lines keep their steps", "{{<up}}\n{{$a}}\n    <ul>\n      <li>\n\n    </ul>\n{{/a}}\n{{/up}}\n",
            including: ["up": "<main>\n  {{$a}}\n  {{/a}}\n</main>\n"], gives: "<main>\n  <ul>\n    <li>\n  \n  </ul>\n</main>\n"),
        Example("text takes the place of lines", "{{<up}}{{$a}}x{{/a}}{{/up}}", including: ["up": "{{$a}}\n  own\n{{/a}}\n"], gives: "  x"),
        Example(
            "own content stays as written", "{{<up}}{{/up}}", including: ["up": "<\n  {{$a}}\n    own\n  {{/a}}\n>"], gives: "<\n    own\n>"
        ),
    ])
    func `lines and indentation`(example: Example) throws {
        try example.expect(Blank())
    }
}

private struct Words: View {
    static var fields: [Field<Words>] {
        [
            .text("word") { _ in "baz" },
            .flag("no") { _ in false },
            .section("row") { _ in Row() },
        ]
    }
}

private struct Row: View {
    static var fields: [Field<Row>] { [.text("item") { _ in "qux" }] }
}
