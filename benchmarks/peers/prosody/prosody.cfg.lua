-- Prosody for the measurement: rooms with an archive (muc_mam) in PostgreSQL (in SQLite it was not
-- quicker). Prosody inserts and commits before it passes a message on, one after the other; the cluster commits
-- with fsync and synchronous_commit on, so what is heard is on the disk. Nothing limits what a person may
-- send. Only what a room with an archive needs is loaded.
daemonize = false
pidfile = "${folder}/prosody.pid"
data_path = "${folder}"
log = { { levels = { min = "warn" }, to = "console" } }
network_backend = "epoll"
gc = { mode = "generational" }

interfaces = { "127.0.0.1" }
c2s_ports = { ${port} }
s2s_ports = {}
http_ports = {}
https_ports = {}
c2s_direct_tls_ports = {}

modules_enabled = { "roster", "saslauth", "register_ibr", "disco" }
modules_disabled = { "s2s", "offline", "tls", "posix" }
allow_registration = true
c2s_require_encryption = false
allow_unencrypted_plain_auth = true
authentication = "internal_plain"

default_storage = "internal"
storage = { muc_log = "sql" }
sql = {
	driver = "PostgreSQL",
	host = "127.0.0.1",
	port = ${database_port},
	database = "${database}",
	username = "${database_user}",
	password = "${database_password}",
}

VirtualHost "localhost"

Component "rooms.localhost" "muc"
	modules_enabled = { "muc_mam" }
	muc_log_by_default = true
	muc_log_expires_after = "never"
	muc_room_locking = false
	muc_room_default_public = true
	muc_max_history_messages = 0
