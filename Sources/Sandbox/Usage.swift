/// How to call a sandbox from a shell, for whoever has just started one.
package enum Usage {
    /// A curl line for each of the four calls, and one that makes a call fail. The token is left to the shell: it is printed nowhere.
    ///
    /// - Parameter address: `127.0.0.1:9090`.
    package static func text(address: String) -> String {
        let lines = Endpoint.allCases.flatMap { ["# \(purpose(of: $0))", line(for: $0, "http://\(address)\($0.path)")] }
        let fault = [
            "# make the next create call fail, as the service does with too many",
            #"curl -s -d '{"kind":"code","code":40100,"endpoint":"create"}' http://\#(address)/control/faults"#,
        ]
        return (["Try it, with TOKEN set to its access token:", ""] + lines + fault).joined(separator: "\n")
    }

    private static func purpose(of endpoint: Endpoint) -> String {
        switch endpoint {
        case .upload: "a video for the stock library, as a form or as JSON"
        case .create: "a task: it answers with a task_id"
        case .get: "what has been written of it: put the task_id in"
        case .list: "all scripts, newest first"
        }
    }

    private static func line(for endpoint: Endpoint, _ url: String) -> String {
        let curl = #"curl -s -H "Access-Token: $TOKEN""#
        return switch endpoint {
        case .upload:
            "\(curl) -F upload_type=UPLOAD_BY_URL -F use_scenario=AIGC -F video_url=https://cdn.example.com/clip.mp4 \(url)"
        case .create:
            "\(curl) -H 'Content-Type: application/json' -d '\(brief)' \(url)"
        case .get:
            "\(curl) '\(url)?task_id=TASK_ID'"
        case .list:
            "\(curl) '\(url)?page=1&page_size=10'"
        }
    }

    private static let brief =
        #"{"script_source":"PRODUCT","product_info":{"name":"Trail Lamp 300","price":39.90,"description":"A head lamp for night runs."},"#
        + #""media_list":{"image_url_list":["https://cdn.example.com/lamp.jpg"]},"script_info":{"script_language":"en"}}"#
}
