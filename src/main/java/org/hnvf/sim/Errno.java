package org.hnvf.sim;

/** The errors of errno(2) that the simulated kernel gives, with the text of strerror(3). */
enum Errno {
  EPERM("Operation not permitted"),
  ENOENT("No such file or directory"),
  EACCES("Permission denied"),
  EBUSY("Device busy"),
  EEXIST("File exists"),
  EINVAL("Invalid argument"),
  ENODEV("Operation not supported by device"),
  ENAMETOOLONG("File name too long"),
  EADDRNOTAVAIL("Can't assign requested address"),
  EADDRINUSE("Address already in use"),
  EPROTONOSUPPORT("Protocol not supported"),
  ENETDOWN("Network is down"),
  EHOSTUNREACH("No route to host"),
  ESRCH("No such process"),
  ENXIO("Device not configured");

  private final String text;

  Errno(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }
}
