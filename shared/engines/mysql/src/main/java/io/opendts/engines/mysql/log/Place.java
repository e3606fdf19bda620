package io.opendts.engines.mysql.log;

/** The event that is being read, for messages: moved with every event, made text only when something is wrong. One thread. */
final class Place {

    private String file;
    private long offset;

    Place(String file, long offset) {
        moveTo(file, offset);
    }

    void moveTo(String newFile, long newOffset) {
        file = newFile;
        offset = newOffset;
    }

    @Override
    public String toString() {
        return file.isEmpty() ? "the beginning" : file + ":" + offset;
    }
}
