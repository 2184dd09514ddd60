extension Schema {
    /// What tasks are found by, in an index as scripts have one (`librarySchema`): the words of their titles and brands, then what they can
    /// be filtered by. Triggers keep it, the state included, so nothing that writes can forget it.
    static let taskSearchSchema: StaticString = """
        -- Times run as ids do, whatever the clock does, so that a day is a place in the order of the list.
        UPDATE task SET created = before.latest
            FROM (SELECT id, max(created) OVER (ORDER BY id) AS latest FROM task) AS before
            WHERE task.id = before.id AND task.created < before.latest;
        CREATE TRIGGER task_in_time AFTER INSERT ON task
            WHEN NEW.created < (SELECT created FROM task WHERE id < NEW.id ORDER BY id DESC LIMIT 1)
        BEGIN
            UPDATE task SET created = (SELECT created FROM task WHERE id < NEW.id ORDER BY id DESC LIMIT 1) WHERE id = NEW.id;
        END;

        CREATE TABLE task_search (
            id INTEGER PRIMARY KEY REFERENCES task,
            terms TEXT NOT NULL
        ) STRICT;
        -- The title is the product's name where there is one, else how the prompt begins.
        CREATE VIEW task_terms AS
            SELECT id, search_words(title || ' '
                    || coalesce(brief ->> '$.subject.product._0.brand', brief ->> '$.subject.prompt._1.brand', ''))
                || ' =l' || CASE source WHEN 'PRODUCT' THEN language ELSE 'none' END
                || ' =o' || CASE source WHEN 'PRODUCT' THEN 'product' ELSE 'prompt' END
                || ' =s' || state || ' =m' || member_id || facets AS terms
            FROM task;
        CREATE VIRTUAL TABLE task_index USING fts5 (
            terms, content = 'task_search', content_rowid = 'id', tokenize = "ascii tokenchars '='", detail = none, columnsize = 0,
            prefix = '1 2 3');
        -- All words there are, as `search_word` has those of scripts.
        CREATE TABLE task_word (word TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

        INSERT INTO task_search SELECT id, terms FROM task_terms;
        INSERT INTO task_index (task_index) VALUES ('rebuild');
        INSERT OR IGNORE INTO task_word
            SELECT value FROM task_search, json_each('["' || replace(terms, ' ', '","') || '"]') WHERE value >= '>' OR value < '=';

        CREATE TRIGGER task_search_added AFTER INSERT ON task_search BEGIN
            INSERT INTO task_index (rowid, terms) VALUES (NEW.id, NEW.terms);
            INSERT OR IGNORE INTO task_word
                SELECT value FROM json_each('["' || replace(NEW.terms, ' ', '","') || '"]') WHERE value >= '>' OR value < '=';
        END;
        CREATE TRIGGER task_search_removed AFTER DELETE ON task_search BEGIN
            INSERT INTO task_index (task_index, rowid, terms) VALUES ('delete', OLD.id, OLD.terms);
        END;
        -- A new task comes here as well, once its facets are known (`task_facets`).
        CREATE TRIGGER task_changed AFTER UPDATE OF facets, state ON task
            WHEN NEW.state <> OLD.state OR NEW.facets <> OLD.facets OR NOT EXISTS (SELECT 1 FROM task_search WHERE id = NEW.id)
        BEGIN
            DELETE FROM task_search WHERE id = NEW.id;
            INSERT INTO task_search SELECT id, terms FROM task_terms WHERE id = NEW.id;
        END;

        PRAGMA user_version = 8;
        """
}
