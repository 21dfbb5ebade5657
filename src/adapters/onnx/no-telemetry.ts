/**
 * Imported before any session is opened: ONNX Runtime's builds for Linux and macOS send usage data to Microsoft and write a device
 * id into the home folder unless this variable is set by then (microsoft/onnxruntime#27379). On Windows the system's own
 * privacy settings decide.
 */
process.env.ORT_DISABLE_TELEMETRY = "1";
