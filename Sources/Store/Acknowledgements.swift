import Domain

extension Transaction {
    func record(
        _ acknowledgement: Acknowledgement, by member: Member.ID, task: GenerationTask.ID? = nil, video: Video.ID? = nil, now: Timestamp
    ) throws(StoreError) {
        try database.run(
            "INSERT INTO acknowledgement (version, at, member_id, address, task_id, video_id) VALUES (?, ?, ?, ?, ?, ?)",
            acknowledgement.version, now, member, acknowledgement.address, task, video)
    }
}
