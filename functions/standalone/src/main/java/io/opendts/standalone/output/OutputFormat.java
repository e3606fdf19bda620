package io.opendts.standalone.output;

public enum OutputFormat { TEXT, JSON }
