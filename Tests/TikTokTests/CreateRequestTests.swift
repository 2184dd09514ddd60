import Domain
import FoundationEssentials
import Testing

@testable import TikTok

@Suite struct `The body of a create call` {
    @Test func `a product with every field`() throws {
        var form = BriefForm.fresh
        form.duration = "30S"
        form.name = "Trail Lamp 300"
        form.brand = "Northbeam"
        form.price = "39,9"
        form.currency = "EUR"
        form.description = "A head lamp.\nLight."
        form.sellingPoints = "58 g light\n30 hours"
        form.images = "https://cdn.example.com/lamp.jpg"
        form.videos = ["7"]
        form.tone = "Professional"
        form.style = "Product focused"
        form.pointOfView = "From consumer"
        form.language = "ml"
        form.industry = "Baby, kids & maternity"
        form.count = "5"
        #expect(
            try text(form, videos: ["v-7"]) == """
                {"script_source":"PRODUCT","video_duration":"30S",\
                "product_info":{"name":"Trail Lamp 300","brand":"Northbeam","price":39.90,"currency":"EUR",\
                "description":"A head lamp.\\nLight.","selling_points":["58 g light","30 hours"]},\
                "media_list":{"image_url_list":["https://cdn.example.com/lamp.jpg"],"video_id_list":["v-7"]},\
                "script_info":{"tone":"Professional","style":"Product focused","point_of_view":"From consumer",\
                "script_language":"ml","relevant_industry":"Baby, kids & maternity"},"script_generation_count":5}
                """)
    }

    @Test func `the smallest product has no empty members`() throws {
        var form = BriefForm()
        form.source = "PRODUCT"
        form.name = "Lamp"
        form.description = "Light"
        form.videos = ["7"]
        #expect(
            try text(form, videos: ["v-7"]) == """
                {"script_source":"PRODUCT","product_info":{"name":"Lamp","description":"Light"},\
                "media_list":{"video_id_list":["v-7"]},"script_generation_count":4}
                """)
    }

    @Test func `what a prompt does not support is absent though it was typed`() throws {
        var form = BriefForm.fresh
        form.source = "CUSTOM"
        form.prompt = "A runner loses the trail."
        form.duration = "15S"
        form.tone = "Friendly"
        form.industry = "Sports & outdoor"
        #expect(
            try text(form) == #"{"script_source":"CUSTOM","custom_prompt":"A runner loses the trail.","script_generation_count":4}"#)
    }

    @Test func `a prompt with a product carries both`() throws {
        var form = BriefForm.fresh
        form.source = "CUSTOM"
        form.prompt = "A runner."
        form.name = "Lamp"
        form.description = "Light"
        form.price = "5"
        form.images = "http://a.example/1.png"
        #expect(
            try text(form) == """
                {"script_source":"CUSTOM","custom_prompt":"A runner.",\
                "product_info":{"name":"Lamp","price":5.00,"currency":"USD","description":"Light"},\
                "media_list":{"image_url_list":["http://a.example/1.png"]},"script_generation_count":4}
                """)
    }

    @Test func `a prompt with media alone has no product`() throws {
        var form = BriefForm.fresh
        form.source = "CUSTOM"
        form.prompt = "A runner."
        form.images = "http://a.example/1.png"
        #expect(
            try text(form) == """
                {"script_source":"CUSTOM","custom_prompt":"A runner.",\
                "media_list":{"image_url_list":["http://a.example/1.png"]},"script_generation_count":4}
                """)
    }

    @Test func `a product without direction has no script info`() throws {
        var form = BriefForm()
        form.source = "PRODUCT"
        form.name = "Lamp"
        form.description = "Light"
        form.images = "http://a.example/1.png"
        #expect(try !text(form).contains("script_info"))
        form.tone = "All"
        #expect(try text(form).contains(#""script_info":{"tone":"All"},"script_generation_count""#))
    }

    @Test(arguments: [("0", "0.00"), ("0,05", "0.05"), ("12.98", "12.98"), ("1.299,5", "1299.50"), ("999999999999.99", "999999999999.99")])
    func `a price leaves with exactly two decimals`(typed: String, sent: String) throws {
        var form = BriefForm.fresh
        form.name = "Lamp"
        form.description = "Light"
        form.images = "http://a.example/1.png"
        form.price = typed
        #expect(try text(form).contains("\"price\":\(sent),"))
    }

    @Test func `every character survives the way through JSON`() throws {
        var scalars = String.UnicodeScalarView()
        for value in UInt32(0)...0x2FFF { if let scalar = Unicode.Scalar(value) { scalars.append(scalar) } }
        let text = String(scalars) + "👩‍🚀 \u{FEFF}\u{10FFFF} مرحبا </script>"
        let bytes = JSONText.string(text).bytes
        #expect(try JSONDecoder().decode(String.self, from: Data(bytes)).utf8.elementsEqual(text.utf8))
        #expect(!bytes.contains { $0 < 0x20 })
    }

    @Test func `quotation marks, backslashes and control characters are escaped`() {
        #expect(
            JSONText.string("a\"b\\c/\n\t\r\u{0}\u{1F}\u{7F}\u{2028}").bytes == Array(
                #""a\"b\\c/\n\t\u000d\u0000\u001f"#.utf8) + Array("\u{7F}\u{2028}\"".utf8))
    }

    @Test func `an upload names the one type, the one scenario and the address`() throws {
        let body = UploadRequest.body(try AssetURL("https://cdn.example.com/a%20b.mp4?x=1&y=2"))
        #expect(
            String(decoding: body, as: UTF8.self) == """
                {"upload_type":"UPLOAD_BY_URL","use_scenario":"AIGC","video_url":"https://cdn.example.com/a%20b.mp4?x=1&y=2"}
                """)
    }

    private func text(_ form: BriefForm, videos: [String] = []) throws -> String {
        let brief = try Brief(form, offering: [Video.ID(7)])
        return String(decoding: CreateRequest.createBody(brief, videoIDs: videos), as: UTF8.self)
    }
}
