import Domain

extension Transaction {
    /// For measurements: a database as years of use would leave it. SQL throughout, since a million scripts by the worker's own steps take
    /// many minutes, and therefore in this room.
    ///
    /// Copies the tasks 1 to `models`, finished and all there are, with their calls and scripts; each has `scriptsEach` of these.
    /// - Parameters:
    ///   - copies: which copies to make; the first is 1, and each comes `apart` after the one before.
    ///   - scripts: no copy goes beyond this number of scripts in all.
    package func copyTasks(
        models: Int, scriptsEach: Int, copies: ClosedRange<Int>, scripts: Int, apart: Duration
    ) throws(StoreError) {
        let milliseconds = Int(apart.wholeMilliseconds)
        let tasks = (scripts + scriptsEach - 1) / scriptsEach
        try database.run(
            """
            WITH RECURSIVE copy (n) AS (SELECT ?1 UNION ALL SELECT n + 1 FROM copy WHERE n < ?2)
            INSERT INTO task (id, connection_id, submission_id, source, title, language, script_count, brief, form, state, remote_id,
                remote_status, due, member_id, created, sent, last_script, ended)
            SELECT id + n * ?3, connection_id, submission_id || '-' || n, source, title, language, script_count, brief, form, state,
                remote_id || '-' || n, remote_status, due, member_id, created + n * ?4, sent + n * ?4, last_script + n * ?4, ended + n * ?4
            FROM copy CROSS JOIN task WHERE id <= ?3 AND id + n * ?3 <= ?5
            """, copies.lowerBound, copies.upperBound, models, milliseconds, tasks)
        try database.run(
            """
            WITH RECURSIVE copy (n) AS (SELECT ?1 UNION ALL SELECT n + 1 FROM copy WHERE n < ?2)
            INSERT INTO script (id, task_id, position, remote_id, title, text, created)
            SELECT id + n * ?3 * ?4, task_id + n * ?3, position, remote_id || '-' || n, title, text, created + n * ?5
            FROM copy CROSS JOIN script WHERE id <= ?3 * ?4 AND id + n * ?3 * ?4 <= ?6
            """, copies.lowerBound, copies.upperBound, models, scriptsEach, milliseconds, scripts)
        try database.run(
            """
            WITH RECURSIVE copy (n) AS (SELECT ?1 UNION ALL SELECT n + 1 FROM copy WHERE n < ?2)
            INSERT INTO call (connection_id, endpoint, task_id, started, ended, result, code, message, request_id, detail)
            SELECT connection_id, endpoint, task_id + n * ?3, started + n * ?4, ended + n * ?4, result, code, message, request_id, detail
            FROM copy CROSS JOIN call WHERE task_id <= ?3 AND task_id + n * ?3 <= ?5
            """, copies.lowerBound, copies.upperBound, models, milliseconds, tasks)
    }
}
